"""Other programs of the same user cannot read this process, nor its crash dump."""

import sys

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for what was set")
def test_no_dumps_and_no_reading_by_others(run_python):
    code = """
        import ctypes, resource
        from app.store.process_hardening import harden_process
        harden_process()
        harden_process()
        print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
    """

    assert run_python(code) == "(0, 0) 0\n"  # 3: PR_GET_DUMPABLE
