// The button that names a service inside a sentence, in Wagtail's rich text editor (referrals/rich_text.py).
(() => {
  const { createElement } = window.React;
  const { EditorState, Modifier, RichUtils } = window.DraftJS;
  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;

  // Opens Wagtail's own list of services, and puts the chosen one round the words.
  class ServiceLinkSource extends ModalWorkflowSource {
    getChooserConfig(entity, words) {
      // Where the words are a service's name, and not the editor's own, they change with it.
      this.wordsAreName = !words || (entity && entity.getData().string === words);
      return {
        url: this.props.entityType.chooserUrls.serviceChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    // Wagtail's own leaves the mutability of a type it does not know unset, and asks for a title, which snippets lack.
    onChosen({ id, string }) {
      const { editorState, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState.getCurrentContent().createEntity(entityType.type, "MUTABLE", { id, string });
      const key = content.getLastCreatedEntityKey();
      const next = this.wordsAreName
        ? EditorState.push(
            editorState,
            Modifier.replaceText(content, selection, string, editorState.getCurrentInlineStyle(), key),
            "insert-characters",
          )
        : RichUtils.toggleLink(editorState, selection, key);
      this.workflow.close();
      onComplete(next);
    }
  }

  // The linked words while they are edited: a click says which service, and offers to change or remove it.
  function ServiceLink(props) {
    const { string } = props.contentState.getEntity(props.entityKey).getData();
    return createElement(TooltipEntity, {
      ...props,
      icon: string ? "#icon-mobile-alt" : "#icon-warning",
      label: string || "This service is gone",
    });
  }

  registerPlugin({ type: "SERVICE_LINK", source: ServiceLinkSource, decorator: ServiceLink }, "entityTypes");
})();
