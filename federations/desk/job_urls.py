"""The desk: background jobs."""

from django.urls import path

from federations.desk import jobs

urlpatterns = [
    path("", jobs.job_list, name="desk_jobs"),
    path("<int:pk>/", jobs.job, name="desk_job"),
    path("<int:pk>/progress/", jobs.job_progress, name="desk_job_progress"),
    path("<int:pk>/output/", jobs.job_output, name="desk_job_output"),
]
