"""What Wagtail does when the last step has passed (WAGTAIL_FINISH_WORKFLOW_ACTION)."""


def publish_reviewed(workflow_state, user=None):
    # Wagtail imports this module while its own models are loading: ours must wait.
    from cms.domain.reviews.publishing import publish_round  # noqa: PLC0415

    publish_round(workflow_state, by=user)
