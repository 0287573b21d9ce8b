"""No secret stays in the memory of the process once the vault is locked."""

import ast
import sys

import pytest

from app.store.vault import create_vault
from tests.store.vault_parts import ANNA, QUICK, SCHEMA, VAULT_ID

PASSPHRASE = b"a passphrase that is found nowhere else 5e1f"

# The process looks for what it searches in a disguised form, so that it does not find itself.
SEARCH = """
import gc, os, sys
from pathlib import Path
from app.store.keys import KeyLabel, wipe
from app.store.vault import ClosedVault
from tests.store.vault_parts import SCHEMA

DISGUISE = bytes(byte ^ 0x5A for byte in range(256))

def copies(disguised):
    found = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
        for line in maps.readlines():
            span, rights = line.split()[:2]
            if rights.startswith("rw") and "[v" not in line:
                start, end = (int(part, 16) for part in span.split("-"))
                memory.seek(start)
                region = memory.read(end - start).translate(DISGUISE)
                found += region.count(disguised)
    return found

def disguised(secret):
    '''The second half: the first bytes of memory that was freed are often overwritten.'''
    return bytes(byte ^ 0x5A for byte in secret[len(secret) // 2 :])

def hexadecimal(key):
    return bytearray(ord(digit) for byte in key for digit in "%02x" % byte)

passphrase = bytearray(int(sys.argv[2]))
os.readv(0, [passphrase])
secrets = {"passphrase": disguised(passphrase)}
assert copies(secrets["passphrase"]) == 1
closed = ClosedVault(Path(sys.argv[1]))
vault = closed.open(closed.unlock(passphrase).key, migrations=SCHEMA)
wipe(passphrase)
secrets["vault key"] = disguised(vault.key.view())
database_key = vault.key.derive(KeyLabel.DATABASE)
secrets["database key"] = disguised(database_key)
secrets["database key, hexadecimal"] = disguised(hexadecimal(database_key))
blob_key = vault.key.derive(KeyLabel.BLOB_WRAP, context=b"1")
secrets["blob wrap key"] = disguised(blob_key)
wipe(database_key)
wipe(blob_key)
vault.database.writer().execute("SELECT * FROM note").fetchall()
vault.database.reader().execute("SELECT * FROM note").fetchall()
while_open = {name: copies(secret) for name, secret in secrets.items()}
vault.close()
gc.collect()
print({"open": while_open, "locked": {n: copies(s) for n, s in secrets.items()}})
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/mem")
def test_locked_vault_leaves_no_key_and_no_passphrase_in_memory(database_path, run_python):
    create_vault(
        database_path,
        VAULT_ID,
        owner=ANNA,
        passphrase=bytearray(PASSPHRASE),
        parameters=QUICK,
        migrations=SCHEMA,
    ).vault.close()

    said = run_python(SEARCH, database_path, len(PASSPHRASE), stdin=PASSPHRASE)

    found = ast.literal_eval(said)
    assert found["locked"] == dict.fromkeys(found["locked"], 0)
    assert found["open"] == {
        "passphrase": 0,
        "vault key": 1,
        "database key": 1,
        "database key, hexadecimal": 0,
        "blob wrap key": 1,
    }
