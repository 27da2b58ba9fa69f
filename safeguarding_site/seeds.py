"""Loads the content the site comes with: creates what is missing, and never touches what an editor has made.

Each app may have `content/pages/**.toml`; the file's path is the page's URL. The hall's own `content/` also has
`site.toml`, `emergency.toml`, `topics.toml` and `facts-to-check.toml`. A piece that was loaded once is remembered
(LoadedContent) and never loaded again, so that a page an editor renamed or deleted does not come back.
"""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail import blocks, hooks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Site

from safeguarding_site.models import EmergencyFacts, FactToCheck, LoadedContent, SitePage, SiteSettings, Topic


class SeedError(Exception):
    """A content file that cannot be loaded. The message names the file and the key, and says what to write."""


def load_all():
    """Load every piece not loaded yet, all or nothing. Return the names of what was loaded."""
    loaded = []
    with transaction.atomic():
        loaded += load_single(EmergencyFacts, "emergency.toml")
        loaded += load_rows(Topic, "topics.toml", "topic")
        for load in hooks.get_hooks("load_content"):  # what the rooms bring, before the pages that show it
            loaded += load()
        loaded += load_pages()
        loaded += load_single(SiteSettings, "site.toml")  # its footer links to pages
        loaded += load_rows(FactToCheck, "facts-to-check.toml", "fact")
        for load in hooks.get_hooks("load_content_after_pages"):  # what names addresses of pages
            loaded += load()
    return loaded


def sync_site():
    """Give Wagtail's site record the address the site is known by, so that every full link it makes is right."""
    parts = urlsplit(settings.SITE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    Site.objects.filter(is_default_site=True).update(hostname=parts.hostname, port=port)
    Site.clear_site_root_paths_cache()


# --- Files


def read_toml(file):
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError(f"{file}: this is not valid TOML ({error}).") from error


def content_folders():
    return [Path(config.path) / "content" for config in apps.get_app_configs() if config.name in first_party()]


def first_party():
    """Return the names of our own apps: those that live beside this one."""
    home = Path(settings.BASE_DIR)
    return {config.name for config in apps.get_app_configs() if Path(config.path).parent == home}


def already_loaded(name):
    return LoadedContent.objects.filter(name=name).exists()


def remember(name):
    LoadedContent.objects.create(name=name)
    return name


# --- Settings and rows


def load_single(model, file_name):
    if already_loaded(file_name) or model.objects.exists():
        return []
    file = Path(__file__).parent / "content" / file_name
    save(model(), read_toml(file), file)
    return [remember(file_name)]


def load_rows(model, file_name, table):
    file = Path(__file__).parent / "content" / file_name
    data = read_toml(file)
    refuse_unknown(data, {table}, file)
    loaded = []
    for place, row in enumerate(data[table]):
        if "key" not in row:
            raise SeedError(f"{file}: [[{table}]] number {place + 1} has no key.")
        name = f"{table}:{row['key']}"
        if already_loaded(name) or model.objects.filter(key=row["key"]).exists():
            continue
        save(model(sort_order=place), row, f"{file}: {row['key']}")
        loaded.append(remember(name))
    return loaded


def save(instance, values, file):
    refuse_unknown(values, {field.name for field in instance._meta.fields} - {"id", "sort_order"}, file)
    for key, value in values.items():
        setattr(instance, key, field_value(instance, key, value, file))
    try:
        instance.full_clean()
    except ValidationError as error:
        raise SeedError(f"{file}: {describe(error)}") from error
    instance.save()


def describe(error):
    if hasattr(error, "error_dict"):
        return "; ".join(f"{key}: {', '.join(messages)}" for key, messages in error.message_dict.items())
    return "; ".join(error.messages) or repr(error)


def refuse_unknown(values, known, where):
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise SeedError(f"{where}: unknown key {unknown[0]!r}. Known here: {', '.join(sorted(known))}.")


# --- Pages


def page_files():
    """Return {url path: file} of all apps, parents before children."""
    found = {}
    for folder in content_folders():
        root = folder / "pages"
        for file in sorted(root.rglob("*.toml")):
            parts = file.relative_to(root).with_suffix("").parts
            path = "/" if parts == ("index",) else f"/{'/'.join(parts)}/"
            if path in found:
                raise SeedError(f"{file}: {found[path]} is the page {path} already.")
            found[path] = file
    return dict(sorted(found.items(), key=lambda item: (item[0].count("/"), item[0])))


def load_pages():
    files = {path: (file, read_toml(file)) for path, file in page_files().items()}
    # Siblings stand in the page tree in the order the files ask for.
    order = sorted(files, key=lambda path: (path.count("/"), files[path][1].get("order", 100), path))
    fresh = {}
    for path in order:
        if not already_loaded(f"page:{path}") and find_page(path) is None:
            fresh[path] = create_page(path, *files[path])
    # Links between pages can be resolved only now that all of them exist.
    for path, page in fresh.items():
        file, data = files[path]
        fill_page(page, data, file)
        remember(f"page:{path}")
    return [f"page:{path}" for path in fresh]


def find_page(path):
    """Return the page at a URL path of the default site, or None."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or is_welcome_page(site.root_page):
        return None
    return Page.objects.filter(url_path=site.root_page.url_path.rstrip("/") + path).first()


def is_welcome_page(page):
    return page.content_type.model_class() is Page


def page_model(data, file):
    if "type" not in data:
        raise SeedError(f'{file}: the key type is missing, for example type = "app.SomePage".')
    try:
        model = apps.get_model(expect(data["type"], str, f"{file}: type"))
    except (LookupError, ValueError) as error:
        raise SeedError(f"{file}: type {data['type']!r} is no page of this site ({error}).") from error
    if not issubclass(model, SitePage):
        raise SeedError(f"{file}: type {data['type']!r} is no page of this site.")
    return model


def expect(value, kind, where):
    """Return the value if it is of the kind; else say what was expected where."""
    if not isinstance(value, kind):
        names = {str: "text in quotes", list: "a list", dict: "a table"}
        raise SeedError(f"{where}: expected {names[kind]}, but found {value!r}.")
    return value


def known_keys(model):
    """Return the keys a page file may have: what our own models add to Wagtail's page, and a few of its fields."""
    own = {field.name for field in model._meta.fields} - {field.name for field in Page._meta.fields}
    from_wagtail = {"title", "seo_title", "search_description", "show_in_menus"}
    return {"type", "order", "redirects_from", *own, *from_wagtail} - {"page_ptr"}


def create_page(path, file, data):
    """Create the page, empty and not live, where its file's path says."""
    model = page_model(data, file)
    refuse_unknown(data, known_keys(model), file)
    if "title" not in data:
        raise SeedError(f"{file}: the key title is missing.")
    slug = path.strip("/").rpartition("/")[2] or "safer"  # "home" would collide with Wagtail's welcome page
    page = model(title=data["title"], slug=slug, live=False, show_in_menus=data.get("show_in_menus", False))
    if path == "/":
        parent = Page.get_first_root_node()
    else:
        parent_path = path.rstrip("/").rpartition("/")[0] + "/"
        parent = find_page(parent_path)
        if parent is None:
            raise SeedError(f"{file}: there is no page {parent_path} to put it under.")
        parent = parent.specific
        if not page.can_create_at(parent) or model not in parent.creatable_subpage_models():
            raise SeedError(f"{file}: a {model._meta.verbose_name} cannot stand under {parent_path}.")
    for field in model._meta.get_fields():
        if field.is_relation and field.many_to_one and field.name in data:
            setattr(page, field.name, field_value(page, field.name, data[field.name], file))
    parent.add_child(instance=page)
    if path == "/":
        adopt_home(page)
    return page


def adopt_home(page):
    """Make the page the site's home, and take Wagtail's welcome page away if nobody has used it."""
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    site.root_page = page
    site.save()
    if is_welcome_page(welcome) and welcome.is_leaf():
        welcome.delete()


def fill_page(page, data, file):
    page.refresh_from_db()  # children were added meanwhile, and saving writes their count
    for key, value in data.items():
        if key == "redirects_from":
            for address in expect(value, list, f"{file}: redirects_from"):
                Redirect.add_redirect(address, page, is_permanent=True)
        elif key not in ("type", "order"):
            setattr(page, key, field_value(page, key, value, file))
    try:
        page.full_clean()
    except ValidationError as error:
        raise SeedError(f"{file}: {describe(error)}") from error
    # add_child() leaves no revision; the editor's history starts here.
    page.save_revision(log_action=True).publish()


# --- Values


def field_value(instance, key, value, file):
    field = instance._meta.get_field(key)
    if isinstance(field, StreamField):
        return story(field.stream_block, value, f"{file}: {key}")
    if isinstance(field, RichTextField):
        return clean_rich_text(value, field.features, f"{file}: {key}")
    if field.is_relation and issubclass(field.related_model, Page):
        return page_at(value, f"{file}: {key}") if value else None
    if field.is_relation:
        return record_named(field.related_model, value, f"{file}: {key}") if value else None
    return value


def record_named(model, name, where):
    """Return the record that a file names by its key or, where it has none, its slug."""
    names = {field.name for field in model._meta.fields}
    found = model.objects.filter(**{"key" if "key" in names else "slug": name}).first()
    if found is None:
        raise SeedError(f"{where}: there is no {model._meta.verbose_name} {name!r}.")
    return found


def page_at(path, where):
    page = find_page(expect(path, str, where))
    if page is None:
        raise SeedError(f"{where}: there is no page {path!r} on this site.")
    return page


def story(block, entries, where):
    """Return a stream's value from a seed, validated as the editor would validate it.

    `Page.save()` alone drops unknown blocks in silence and saves empty required ones.
    """
    value = block.to_python(raw(block, entries, where))
    try:
        return block.clean(value)
    except ValidationError as error:
        raise SeedError(f"{where}: {describe_block_error(error)}") from error


def describe_block_error(error):
    """Return the innermost messages of a block's nested errors, with the places they stand in."""
    nested = getattr(error, "block_errors", None)
    if isinstance(nested, dict):
        return "; ".join(f"{place}: {describe_block_error(inner)}" for place, inner in nested.items())
    if isinstance(nested, list):
        return "; ".join(f"{n}: {describe_block_error(inner)}" for n, inner in enumerate(nested) if inner)
    return describe(error)


def raw(block, value, where):
    """Return `value` as the block's stored form: unknown names refused, links resolved, rich text cleaned."""
    if isinstance(block, blocks.StreamBlock):
        return [raw_child(block, entry, f"{where}[{n}]") for n, entry in enumerate(expect(value, list, where))]
    if isinstance(block, blocks.StructBlock):
        refuse_unknown(expect(value, dict, where), block.child_blocks, where)
        return {name: raw(block.child_blocks[name], inner, f"{where}.{name}") for name, inner in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [raw(block.child_block, inner, f"{where}[{n}]") for n, inner in enumerate(expect(value, list, where))]
    if isinstance(block, blocks.RichTextBlock):
        return clean_rich_text(value, block.features, where)
    if isinstance(block, blocks.ChooserBlock) and not isinstance(block, blocks.PageChooserBlock):
        return record_named(block.target_model, value, where).pk if value else None
    if isinstance(block, blocks.PageChooserBlock):
        return page_at(value, where).pk if value else None
    if isinstance(block, BaseTypedTableBlock):
        refuse_unknown(expect(value, dict, where), {"columns", "rows"}, where)
        for column in expect(value.get("columns"), list, f"{where}.columns"):
            if expect(column, dict, f"{where}.columns").get("type") not in block.child_blocks:
                raise SeedError(f"{where}.columns: each needs a type: {', '.join(block.child_blocks)}.")
    return value


def raw_child(block, entry, where):
    if len(expect(entry, dict, where)) != 1:
        raise SeedError(f"{where}: one block each, but found {', '.join(entry) or 'none'}.")
    ((name, value),) = entry.items()
    if name not in block.child_blocks:
        raise SeedError(f"{where}: unknown block {name!r}. Known here: {', '.join(sorted(block.child_blocks))}.")
    return {"type": name, "value": raw(block.child_blocks[name], value, f"{where}.{name}")}


def from_a_room(address, where):
    """Return the attributes of a link that a room understands ("resolve_seed_link"), for example `service:act-early`."""
    scheme, _, name = address.partition(":")
    found = (resolve(scheme, name, where) for resolve in hooks.get_hooks("resolve_seed_link"))
    return next((attributes for attributes in found if attributes), None)


def clean_rich_text(html, features, where):
    """Return the HTML as the editor would store it: what its buttons cannot make is gone, page links are by id."""
    soup = BeautifulSoup(expect(html, str, where).strip(), "html.parser")
    for link in soup.find_all("a"):
        address = link.get("href", "")
        if address.startswith("/"):
            path, _, anchor = address.partition("#")
            del link["href"]
            link["linktype"] = "page"
            link["id"] = page_at(path, where).pk
            if anchor:
                raise SeedError(f"{where}: the editor cannot link to a place inside a page ({address}).")
        elif attributes := from_a_room(address, where):
            del link["href"]
            link.attrs.update(attributes)
        elif not address.startswith("https://"):
            raise SeedError(f"{where}: link {address!r} starts neither with / nor with https://.")
    # A line break in the file is no space at the start of a paragraph.
    markup = re.sub(r"[ \t\r\n]+", " ", str(soup))  # but not a no-break space
    for tag in ("p", "li", "ul", "ol", "h3"):
        markup = markup.replace(f"> <{tag}", f"><{tag}").replace(f"> </{tag}", f"></{tag}")
    converter = ContentstateConverter(features)
    return converter.to_database_format(converter.from_database_format(markup))
