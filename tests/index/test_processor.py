from pathlib import Path

import pytest

from index.minilm_graph import Numbers
from index.processor import multiplies_fast


@pytest.mark.parametrize(
    ("told", "fast"),
    [
        (
            "processor : 0\nflags\t\t: fpu avx2 avx512_vnni avx512_bf16\n",
            {"float32", "bfloat16", "int8"},
        ),
        ("flags : avx2 amx_bf16 amx_tile\n", {"float32", "bfloat16"}),
        ("flags : avx2 avx_vnni\n", {"float32", "int8"}),
        ("flags : fpu avx2 avx512f\n", {"float32"}),
        ("model name : avx512_vnni in name only\nflags : avx2\n", {"float32"}),
        ("Features : asimd asimddp\n", {"float32"}),
    ],
)
def test_a_processor_multiplies_fast_what_it_says_it_does(
    tmp_path: Path, told: str, fast: set[Numbers]
) -> None:
    (tmp_path / "cpuinfo").write_text(told, encoding="utf-8")
    every: tuple[Numbers, ...] = ("float32", "bfloat16", "int8")
    assert {one for one in every if multiplies_fast(one, tmp_path / "cpuinfo")} == fast


def test_a_machine_that_does_not_say_gets_float32(tmp_path: Path) -> None:
    assert not multiplies_fast("bfloat16", tmp_path / "none")
    assert multiplies_fast("float32", tmp_path / "none")
