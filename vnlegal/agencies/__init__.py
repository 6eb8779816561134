"""Agencies in the flow: ministries, Party bodies, provinces, departments, groups, titles; who they are on a date."""

from vnlegal.agencies.find import find_agencies
from vnlegal.agencies.lists import parse_agencies
from vnlegal.agencies.model import AgencyFound

__all__ = ["AgencyFound", "find_agencies", "parse_agencies"]
