"""The Elasticsearch of development and tests: found or named as missing, and a server that does what it is told."""

import json
import subprocess
import urllib.error
import urllib.request

import pytest

from tools import elasticsearch
from tools.prepare import ROOT
from tools.servers import answers


def a_java(folder, version):
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "javac").touch()
    (folder / "release").write_text(f'IMPLEMENTOR="Somebody"\nJAVA_VERSION="{version}"\n')
    return folder


def test_the_java_that_the_environment_names_goes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(a_java(tmp_path / "new", "21.0.3")))
    monkeypatch.setenv("ES_JAVA_HOME", str(a_java(tmp_path / "old", "17.0.15")))

    assert elasticsearch.java() == tmp_path / "new"


def test_a_missing_java_or_maven_is_said_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(elasticsearch, "FOLDER", tmp_path)
    monkeypatch.setattr("shutil.which", lambda name: None)

    monkeypatch.setattr(elasticsearch, "java", lambda: None)
    assert "a Java (JDK) of 21 or newer" in elasticsearch.absence()

    monkeypatch.setattr(elasticsearch, "java", lambda: tmp_path)
    assert "apt install maven" in elasticsearch.absence()


def test_a_port_in_use_is_said_in_one_line(elasticsearch):
    port = elasticsearch.rpartition(":")[2]

    done = subprocess.run(
        ["make", "elasticsearch", f"ELASTICSEARCH_PORT={port}"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert f"Port {port} is in use" in done.stderr


@pytest.fixture(scope="module")
def node(elasticsearch_node):
    node = elasticsearch_node()
    node.start()
    node.wait()
    return node


def owners(node):
    """Of the server and of what started it."""
    listed = subprocess.run(["ps", "-eo", "pgid=,uid="], capture_output=True, text=True, check=True).stdout
    return [int(line.split()[1]) for line in listed.splitlines() if int(line.split()[0]) == node.process.pid]


def test_a_server_never_runs_as_root(node):
    assert owners(node)
    assert 0 not in owners(node)


def test_a_server_is_heard_on_this_machine_only(node):
    listening = subprocess.run(["ss", "-Hltn", f"sport = :{node.port}"], capture_output=True, text=True).stdout

    assert {line.split()[3].rpartition(":")[0].strip("[]") for line in listening.splitlines()} <= {
        "127.0.0.1",
        "::ffff:127.0.0.1",
    }


def test_a_server_makes_no_index_by_itself(node):
    request = urllib.request.Request(f"{node.url}/nowhere/_doc", data=b"{}", method="POST")
    request.add_header("Content-Type", "application/json")

    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(request)


def test_a_frozen_server_says_nothing_until_it_is_thawed(node):
    node.freeze()
    try:
        with pytest.raises(TimeoutError):
            urllib.request.urlopen(f"{node.url}/_cluster/health", timeout=0.5)
    finally:
        node.thaw()  # the tests after this one ask it as well

    assert json.load(urllib.request.urlopen(f"{node.url}/_cluster/health", timeout=30))["number_of_nodes"] == 1


def test_a_server_that_was_killed_starts_again_with_its_data(node):
    request = urllib.request.Request(f"{node.url}/kept", method="PUT")
    urllib.request.urlopen(request, timeout=60)

    node.kill()
    assert not answers(node.port)
    node.start()
    node.wait()

    assert "kept" in json.load(urllib.request.urlopen(f"{node.url}/kept"))


def test_a_server_that_is_stopped_leaves_nothing_behind(node):
    node.stop()

    assert not node.is_running()
    assert not owners(node)
    assert not answers(node.port)
