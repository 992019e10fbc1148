import subprocess
import sys


def _said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_gradio_is_whole_and_reads_no_source_for_stubs() -> None:
    code = (
        "import inspect, sys\n"
        "before = list(sys.meta_path)\n"
        "read = []\n"
        "sys.addaudithook(lambda event, told: read.append(str(told[0]))"
        " if event == 'open' and str(told[0]).endswith('.pyi') else None)\n"
        "from assistant.ui.loading import load_gradio\n"
        "load_gradio()\n"
        "import gradio\n"
        "with gradio.Blocks() as blocks:\n"
        "    words = gradio.Textbox()\n"
        "    words.change(lambda said: said, words, words)\n"
        "print(len(blocks.fns), read, sys.meta_path == before)\n"
    )
    assert _said(code) == "1 [] True"


def test_gradio_that_is_there_already_stays_as_it_is() -> None:
    code = (
        "import gradio\n"
        "from gradio import component_meta\n"
        "before = component_meta.create_or_modify_pyi\n"
        "from assistant.ui.loading import load_gradio\n"
        "load_gradio()\n"
        "print(component_meta.create_or_modify_pyi is before)\n"
    )
    assert _said(code) == "True"
