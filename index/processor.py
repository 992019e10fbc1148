"""What this machine's processor multiplies fast, and with how many cores.

Detected, never assumed.
"""

import os
import re
from functools import cache
from pathlib import Path

from index.minilm_graph import Numbers

CPU_INFO = Path("/proc/cpuinfo")
_MULTIPLIES: dict[Numbers, str] = {
    "bfloat16": "avx512_bf16|amx_bf16",
    "int8": "avx512_vnni|avx_vnni",
}


@cache
def multiplies_fast(numbers: Numbers, cpu_info: Path = CPU_INFO) -> bool:
    """Whether the processor says that it has instructions for products of such numbers.

    Without them neither is faster than float32 on x86, and int8 can overflow. A machine that
    does not say what it has (no Linux) has none.
    """
    if numbers == "float32":
        return True
    try:
        told = cpu_info.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return bool(re.search(rf"^flags\s*:.*\b(?:{_MULTIPLIES[numbers]})\b", told, re.MULTILINE))


def cores() -> int:
    """How many this process may use."""
    tell = getattr(os, "sched_getaffinity", None)
    return len(tell(0)) if tell else os.cpu_count() or 1
