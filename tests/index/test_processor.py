from pathlib import Path

import pytest

from index.processor import numbers_for_passages


@pytest.mark.parametrize(
    ("told", "numbers"),
    [
        ("processor : 0\nflags\t\t: fpu avx2 avx512_vnni avx512_bf16\n", "int8"),
        ("flags : avx2 avx_vnni\n", "int8"),
        ("flags : fpu avx2 avx512f\n", "float32"),
        ("model name : avx512_vnni in name only\nflags : avx2\n", "float32"),
        ("Features : asimd asimddp\n", "float32"),
    ],
)
def test_int8_is_for_processors_that_say_they_multiply_bytes(
    tmp_path: Path, told: str, numbers: str
) -> None:
    (tmp_path / "cpuinfo").write_text(told, encoding="utf-8")
    assert numbers_for_passages(tmp_path / "cpuinfo") == numbers


def test_a_machine_that_does_not_say_gets_float32(tmp_path: Path) -> None:
    assert numbers_for_passages(tmp_path / "none") == "float32"
