"""Asking for a leaderboard as a file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from federations.desk.access import open_desk
from federations.domain.jobs import ask_for_job
from learning.bulletins.asking import BoardChoice, job_title


@require_POST
@never_cache
@login_required
def export_board(request):
    """Staff's, of any place whose board she sees: it ranks units, so her scope does not bound it.

    That is why the place is not asked of `desk_view`; 404 is what the board's own page would say.
    """
    open_desk(request.user, None)
    choice = BoardChoice.read(request.POST)
    board = choice.open_for(request.user) if choice else None
    if board is None:
        raise Http404
    job = ask_for_job(
        kind="board_export",
        title=job_title(board, choice.format),
        owner=request.user,
        params=choice.to_params(),
    )
    return redirect("desk_job", job.pk)
