"""Kinds of organisation, roles, and everything one may be permitted to do."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PROVINCE = "province", _("省科协")
    CITY = "city", _("市科协")
    COUNTY = "county", _("县区科协")
    SOCIETY = "society", _("学会")
    COLLEGE = "college", _("院校科协")
    MEDICAL = "medical", _("医疗机构科协")
    ENTERPRISE_ASSOCIATION = "enterprise_association", _("企业科协")
    GOVERNMENT = "government", _("党委政府")
    ENTERPRISE = "enterprise", _("企业")
    SCHOOL = "school", _("学校")
    MEDIA = "media", _("媒体")
    INSTITUTE = "institute", _("科研院所")


class PersonKind(models.TextChoices):
    CADRE = "cadre", _("机关干部")
    SCIENTIST = "scientist", _("科技工作者")
    COMPANY = "company", _("企业代表")
    EXPERT = "expert", _("专家")
    MEDIA = "media", _("媒体")
    SCHOOL = "school", _("师生")


class Role(models.TextChoices):
    LEADER = "leader", _("领导")
    OFFICER = "officer", _("干事")
    LIAISON = "liaison", _("联络员")
    BROKER = "broker", _("经纪人")
    COMPANY = "company", _("企业代表")
    EXPERT = "expert", _("专家")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDITOR = "auditor", _("审计员")


THREE_ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
STAFF = (Role.LEADER, Role.OFFICER, Role.LIAISON, Role.BROKER, *THREE_ADMINS)


class Permission(StrEnum):
    """Everything one may be permitted to do; a page or an action names exactly one."""

    SEE_DESK = "see_desk"
    SEE_PARTNER = "see_partner"
    SEE_ORGANISATIONS = "see_organisations"
    MANAGE_ORGANISATIONS = "manage_organisations"
    MANAGE_MEMBERS = "manage_members"
    SEE_AUDIT = "see_audit"
    REVEAL_PERSONAL = "reveal_personal"
    KEEP_FILES = "keep_files"
    RUN_JOBS = "run_jobs"
    SEE_CAMPAIGNS = "see_campaigns"
    MANAGE_CAMPAIGNS = "manage_campaigns"
    RECORD = "record"
    ANSWER_NOTICES = "answer_notices"
    ISSUE_NOTICES = "issue_notices"
    WRITE_PAPERS = "write_papers"
    REVIEW_PAPERS = "review_papers"
    SIGN_PAPERS = "sign_papers"
    ISSUE_PAPERS = "issue_papers"
    SEE_EXCHANGE = "see_exchange"
    MANAGE_OWN_ENTRIES = "manage_own_entries"
    BROKER = "broker"
    MANAGE_FORUMS = "manage_forums"
    MANAGE_AGREEMENTS = "manage_agreements"
