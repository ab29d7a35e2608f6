"""The same area in another wave, or why its figures are not set beside these."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OtherWave:
    """key: of the area's page there; "" where there is none, and `reason` says why."""

    wave: str
    wave_key: str
    key: str
    reason: str


def other_wave(
    wave: str, wave_key: str, kind: str, key: str, *, published: bool, vintages: tuple[str, str]
) -> OtherWave:
    """What can be said of an area of one wave in another.

    Args:
        key: its code there, "" where it is not known to be an area there.
        published: whether it has a page there. vintages: of the wards of this wave and of that.
    """
    here, there = vintages
    if key:
        reason = "" if published else "Too few answers to show there."
    elif here and there:
        reason = (
            f"That wave has the ward boundaries of {there}, this one those of {here}, and this "
            f"{kind} is not the same area in both. So its figures are not set side by side."
        )
    else:
        reason = f"It is not known whether this {kind} is the same area there."
    return OtherWave(wave, wave_key, key if published else "", reason)
