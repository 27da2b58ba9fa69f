from safeguarding_site.wsgi import application as site


def application(environ, start_response):
    """Fail outside Django, where only gunicorn is left to notice."""
    if environ["PATH_INFO"] == "/broken/wsgi":
        raise ValueError(str(environ))
    return site(environ, start_response)
