from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capture.address import MAX_LENGTH, StreamAddress, Transport
from app.capture.problems import BadAddressError


@pytest.mark.parametrize(
    ("text", "transport", "shown"),
    [
        ("rtsp://10.0.0.7/stream1", Transport.RTSP, "rtsp://10.0.0.7"),
        ("RTSPS://camera.local:322/a?b=c", Transport.RTSPS, "rtsps://camera.local:322"),
        (" http://[fe80::1]:8080/video \n", Transport.HTTP, "http://[fe80::1]:8080"),
        ("https://camera/", Transport.HTTPS, "https://camera"),
        ("file:///videos/arm.avi", Transport.FILE, "file"),
    ],
)
def test_addresses_of_cameras_are_admitted(text: str, transport: Transport, shown: str) -> None:
    address = StreamAddress.parse(text)

    assert (address.transport, address.shown, str(address)) == (transport, shown, shown)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "camera",
        "ftp://camera/video",
        "concat:a|b",
        "tcp://camera:80",
        "device://camera",
        "device:0",
        "http://",
        "http:///video",
        "http://camera:port/",
        "http://camera:99999/",
        "http://[fe80::1/",
        "http://cam era/",
        "http://camera/\x00",
        "http://camera/\r\nX: y",
        "file://server/share/arm.avi",
        "file:///",
        "file:",
        "rtsp://camera/" + "a" * MAX_LENGTH,
    ],
)
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(BadAddressError) as caught:
        StreamAddress.parse(text)

    assert caught.value.code == "CAMERA-003"


@given(st.text())
def test_any_text_is_an_address_or_a_known_error(text: str) -> None:
    try:
        StreamAddress.parse(text)
    except BadAddressError:
        return


def test_password_path_and_query_are_never_shown() -> None:
    address = StreamAddress.parse("rtsp://nurse:s3cret@camera:554/s3cret?key=s3cret")

    texts = [repr(address), str(address), address.shown, f"{address}"]

    assert not [text for text in texts if "s3cret" in text or "nurse" in text]


def test_credentials_can_be_kept_apart() -> None:
    whole = StreamAddress.parse("http://nurse:p%40ss@camera:81/v?x=1")

    bare = whole.without_credentials()

    assert bare.target == "http://camera:81/v?x=1"
    assert (bare.has_credentials, bare.credentials()) == (False, ("", ""))
    assert whole.credentials() == ("nurse", "p@ss")
    assert bare.with_credentials("nurse", "p@ss") == whole
    assert bare.without_credentials() is bare


def test_file_and_device_have_no_credentials(tmp_path: Path) -> None:
    video = StreamAddress.of_file(tmp_path / "a@b.avi")
    device = StreamAddress.of_device(2)

    assert video.target == str(tmp_path / "a@b.avi")
    assert (video.has_credentials, device.has_credentials) == (False, False)
    assert (video.shown, device.shown, device.target) == ("file", "device 2", "2")


def test_device_numbers_have_bounds() -> None:
    with pytest.raises(BadAddressError):
        StreamAddress.of_device(-1)


def test_file_address_is_decoded() -> None:
    assert StreamAddress.parse("file:///videos/left%20arm.avi").target == "/videos/left arm.avi"


def test_address_travels_to_another_process() -> None:
    address = StreamAddress.parse("http://a:b@camera/")

    assert pickle.loads(pickle.dumps(address)) == address  # noqa: S301 - made here
