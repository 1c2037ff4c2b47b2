"""Makes one repository with python-tuf, in two states: OUT/1 and, some changes later, OUT/2.

It uses what the specification offers: consistent snapshots; keys of all three kinds; root keys k-of-n and rotated;
delegations by pattern, by hash prefix (bins) and succinct (TAP 15); hashes and lengths of metadata; SHA-512.
OUT/n has metadata/, targets/, names (one target path a line) and content/0, 1, ... (what each must be).
"""

import datetime
import hashlib
import pathlib
import shutil
import sys

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    SuccinctRoles,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

EXPIRES = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=30)).replace(microsecond=0)


def ed25519():
    return CryptoSigner.generate_ed25519()


class Maker:
    def __init__(self):
        self.root_signers = [ed25519(), CryptoSigner.generate_rsa(), CryptoSigner.generate_ecdsa()]
        self.signers = {
            "timestamp": [ed25519()],
            "snapshot": [CryptoSigner.generate_ecdsa()],
            "targets": [ed25519(), CryptoSigner.generate_rsa()],
            "yunhe": [ed25519()],
            "hashed": [ed25519()],
            "status": [ed25519()],
        }
        self.roles = {"root": Metadata(Root(expires=EXPIRES, consistent_snapshot=True))}
        for name in ("targets", "yunhe", "hashed", "status"):
            self.roles[name] = Metadata(Targets(expires=EXPIRES))
        self.roles["snapshot"] = Metadata(Snapshot(expires=EXPIRES))
        self.roles["timestamp"] = Metadata(Timestamp(expires=EXPIRES))
        root = self.roles["root"].signed
        for signer in self.root_signers:
            root.add_key(signer.public_key, "root")
        root.roles["root"].threshold = 2
        for role in ("timestamp", "snapshot", "targets"):
            for signer in self.signers[role]:
                root.add_key(signer.public_key, role)
        root.roles["targets"].threshold = 2
        self.contents = {}  # by target path: bytes and TargetFile
        self.files = {}  # every metadata file so far, by name
        self.changed = {"root", "targets", "yunhe", "hashed", "status"}
        self.delegate()

    def delegate(self):
        """targets -> yunhe (pattern), hashed (pattern) -> 16 bins, status (pattern) -> 8 succinct bins"""
        self.roles["targets"].signed.delegations = Delegations({}, {})
        for name, pattern in (("yunhe", "yunhe/*"), ("hashed", "hashed/*/*"), ("status", "status/*")):
            self.add_role("targets", DelegatedRole(name, [], 1, True, [pattern]))
        self.roles["hashed"].signed.delegations = Delegations({}, {})
        for digit in "0123456789abcdef":
            name = f"bin {digit}?"  # a name that a URL cannot hold as it is
            self.roles[name] = Metadata(Targets(expires=EXPIRES))
            self.signers[name] = self.signers["hashed"]
            self.changed.add(name)
            self.add_role("hashed", DelegatedRole(name, [], 1, False, None, [digit]))
        bins = SuccinctRoles([], 1, 3, "status-bin")
        self.roles["status"].signed.delegations = Delegations({}, None, bins)
        signer = ed25519()
        self.roles["status"].signed.add_key(signer.public_key)
        for name in bins.get_roles():
            self.roles[name] = Metadata(Targets(expires=EXPIRES))
            self.signers[name] = [signer]
            self.changed.add(name)

    def add_role(self, delegator, role):
        signed = self.roles[delegator].signed
        signed.delegations.roles[role.name] = role
        for signer in self.signers[role.name]:
            signed.add_key(signer.public_key, role.name)

    def role_for(self, path):
        start = path.split("/")[0]
        if start == "hashed":
            return f"bin {hashlib.sha256(path.encode()).hexdigest()[0]}?"
        if start == "status":
            return self.roles["status"].signed.delegations.succinct_roles.get_role_for_target(path)
        return "yunhe" if start == "yunhe" else "targets"

    def add(self, path, content, algorithms=("sha256",)):
        role = self.role_for(path)
        target = TargetFile.from_data(path, content, list(algorithms))
        target.unrecognized_fields["custom"] = {"kind": "测试", "size": len(content)}
        self.roles[role].signed.targets[path] = target
        self.contents[path] = (content, target)
        self.changed.add(role)

    def rotate(self):
        """A root key leaves and a new one comes; the timestamp's key is replaced."""
        root = self.roles["root"].signed
        root.revoke_key(self.root_signers[0].public_key.keyid, "root")
        self.root_signers = [*self.root_signers[1:], ed25519()]
        root.add_key(self.root_signers[-1].public_key, "root")
        root.revoke_key(self.signers["timestamp"][0].public_key.keyid, "timestamp")
        self.signers["timestamp"] = [ed25519()]
        root.add_key(self.signers["timestamp"][0].public_key, "timestamp")
        self.changed.add("root")

    def sign(self, name, version):
        metadata = self.roles[name]
        metadata.signed.version = version
        metadata.signatures.clear()
        for signer in self.root_signers if name == "root" else self.signers[name]:
            metadata.sign(signer, append=True)
        return metadata.to_bytes(JSONSerializer(compact=version % 2 == 0))

    def publish(self, out, version):
        metadata = out / "metadata"
        metadata.mkdir(parents=True)
        snapshot, timestamp = self.roles["snapshot"].signed, self.roles["timestamp"].signed
        for name in [*(role for role in self.roles if role in self.changed), "snapshot", "timestamp"]:
            data = self.sign(name, version)
            prefix = "" if name == "timestamp" else f"{version}."
            self.files[f"{prefix}{name}.json"] = data
            if name == "snapshot":
                timestamp.snapshot_meta = MetaFile.from_data(version, data, ["sha256", "sha512"])
            elif name not in ("root", "timestamp"):
                snapshot.meta[f"{name}.json"] = MetaFile.from_data(version, data, ["sha256"])
        for name, data in self.files.items():
            (metadata / name).write_bytes(data)
        (out / "content").mkdir()
        for number, (path, (content, target)) in enumerate(self.contents.items()):
            folder, _, last = path.rpartition("/")
            (out / "targets" / folder).mkdir(parents=True, exist_ok=True)
            for digest in target.hashes.values():
                (out / "targets" / folder / f"{digest}.{last}").write_bytes(content)
            (out / "content" / str(number)).write_bytes(content)
        (out / "names").write_text("".join(f"{path}\n" for path in self.contents))
        self.changed.clear()


def main():
    out = pathlib.Path(sys.argv[1])
    maker = Maker()
    maker.add("keys.cbor", b"keys of the district")
    maker.add("field/seasons.json", b"{}", ["sha256", "sha512"])
    maker.add("long.bin", b"x" * 100_000, ["sha512"])
    maker.add("yunhe/keys.cbor", b"keys of the town")
    for number in range(6):
        maker.add(f"hashed/parts/{number}", f"part {number}".encode())
        maker.add(f"status/{number}", f"list {number}".encode())
    maker.publish(out / "1", 1)
    shutil.copy(out / "1/metadata/1.root.json", out / "root.json")
    maker.rotate()
    maker.add("keys.cbor", b"new keys of the district")
    maker.add("yunhe/more.txt", b"one file more")
    maker.publish(out / "2", 2)


main()
