"""Judges of what is printed. Each is skipped, and says what is missing, where the machine lacks its tools."""

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "build" / "tools"
"""Where `.ci/tools` puts what is needed only for tests; a folder that git does not see."""
_ASK = """<!DOCTYPE html><html lang="en"><title>judge</title><body><script>
const judged = {};
const ask = name => new Promise(done => {
  const frame = document.createElement("iframe");
  frame.width = 1000; frame.height = 800;
  frame.onload = async () => {
    const told = await frame.contentWindow.axe.run();
    judged[name] = told.violations.map(each => `${each.id}: ${each.help}: ${each.nodes[0].html.slice(0, 200)}`);
    frame.remove();
    done();
  };
  frame.srcdoc = pages[name];
  document.body.append(frame);
});
(async () => {
  for (const name in pages) await ask(name);
  document.body.innerHTML = '<pre id="judged"></pre>';
  document.getElementById("judged").textContent = JSON.stringify(judged);
})();
</script></body></html>"""
"""Shows each page to axe-core, and writes what it found at the end."""


@pytest.fixture(scope="session")
def pdf_judge(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, bytes]], list[str]]:
    """What veraPDF finds wrong with PDF files by the rules of PDF/UA-1."""
    script = shared / "tools" / "check_pdfua.sh"
    for tool in ("java", "javac"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed (a JDK of version 17)")
    caches = [TOOLS, Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser()]
    cache = next((each for each in caches if (each / "sigctl-pdfua" / "UA.class").exists()), None)
    if cache is None or not script.exists():
        pytest.skip("veraPDF is not here: run `.ci/tools`, or ../shared/tools/check_pdfua.sh once")

    def judge(files: Mapping[str, bytes]) -> list[str]:
        folder = tmp_path_factory.mktemp("judged")
        paths = [folder / f"{name}.pdf" for name in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content)
        ran = subprocess.run(
            [script, *paths], env={**os.environ, "XDG_CACHE_HOME": str(cache)}, capture_output=True, encoding="utf-8", timeout=300
        )
        lines = ran.stdout.splitlines()
        assert sum(each.startswith(("PASS", "FAIL", "ERR")) for each in lines) == len(paths), ran.stderr
        return [each for each in lines if not each.startswith("PASS")]

    return judge


@pytest.fixture(scope="session")
def html_judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, str]], list[str]]:
    """What the Nu checker finds wrong with HTML pages."""
    jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if shutil.which("java") is None or not jar.exists():
        pytest.skip("the Nu HTML checker is not here: run `.ci/tools` (it needs Java and npm)")

    def judge(pages: Mapping[str, str]) -> list[str]:
        folder = tmp_path_factory.mktemp("checked")
        for name, page in pages.items():
            (folder / f"{name}.html").write_text(page, encoding="utf-8")
        command = ["java", "-jar", jar, "--stdout", "--format", "json", *sorted(folder.iterdir())]
        ran = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
        found = json.loads(ran.stdout)["messages"]
        return [f"{Path(each['url']).name}:{each.get('lastLine')}: {each['message']}" for each in found]

    return judge


@pytest.fixture(scope="session")
def access_judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, str]], dict[str, list[str]]]:
    """What axe-core, in Chromium, finds on HTML pages that would keep somebody out; one start of the browser for all of them."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next((found for name in names if (found := shutil.which(name))), None)
    axe = TOOLS / "node_modules" / "axe-core" / "axe.min.js"
    if browser is None or not axe.exists():
        pytest.skip("Chromium or axe-core is not here: run `.ci/tools` (it needs npm)")
    folder = tmp_path_factory.mktemp("accessible")
    script = axe.read_text(encoding="utf-8").replace("</script", "<\\/script")

    def judge(pages: Mapping[str, str]) -> dict[str, list[str]]:
        free = {name: re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page) for name, page in pages.items()}
        asked = {name: page.replace("</body>", f"<script>{script}</script></body>") for name, page in free.items()}
        source = json.dumps(asked).replace("</", "<\\/")
        (folder / "judge.html").write_text(_ASK.replace("const judged", f"const pages = {source};\nconst judged", 1), encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=600000"]
        address = (folder / "judge.html").as_uri()
        ran = subprocess.run([browser, *options, "--dump-dom", address], capture_output=True, encoding="utf-8", timeout=300)
        told = re.search(r'<pre id="judged">(.*?)</pre>', ran.stdout, re.DOTALL)
        assert told, f"axe-core did not answer: {ran.stderr[-500:]}"
        found = json.loads(html.unescape(told[1]))
        assert set(found) == set(pages)
        return found

    return judge
