"""Reads a calendar with Python's icalendar: python3 read_calendar.py FILE. Prints a line for each entry."""

import sys
from datetime import datetime, timezone

from icalendar import Calendar

with open(sys.argv[1], "rb") as file:
    calendar = Calendar.from_ical(file.read())
lines = []
for event in calendar.walk("VEVENT"):
    start = event.decoded("DTSTART")
    if isinstance(start, datetime):
        start = start.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines.append(
        " | ".join(
            str(part)
            for part in (
                event["UID"].split("@")[0],
                start,
                event["STATUS"],
                event["SEQUENCE"],
                event["SUMMARY"],
                event.get("LOCATION", ""),
            )
        )
    )
print("\n".join(sorted(lines)))
