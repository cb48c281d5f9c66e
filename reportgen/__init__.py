"""Checks and writes the 政府信息公开工作年度报告 of a Chinese government body."""

__version__ = "0.1.0"
