"""学习任务 in the admin."""

from learning.admin_views.plans import PLAN_POLICY, PlanCount, PlanViewSet

__all__ = ["PLAN_POLICY", "PlanCount", "PlanViewSet"]
