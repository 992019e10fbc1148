"""What this machine's processor multiplies fast. Detected, never assumed."""

import re
from functools import cache
from pathlib import Path

from index.minilm_graph import Numbers

CPU_INFO = Path("/proc/cpuinfo")
_MULTIPLIES_BYTES = re.compile(r"^flags\s*:.*\b(?:avx512_vnni|avx_vnni)\b", re.MULTILINE)


@cache
def numbers_for_passages(cpu_info: Path = CPU_INFO) -> Numbers:
    """int8 where the processor has instructions for products of bytes (VNNI), else float32.

    Without them int8 is hardly faster on x86, and can overflow. A machine that does not say
    what it has (no Linux) gets float32.
    """
    try:
        told = cpu_info.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "float32"
    return "int8" if _MULTIPLIES_BYTES.search(told) else "float32"
