// Other people's log code against ours: golang.org/x/mod/sumdb (trees, tiles, notes) and transparency-dev/formats
// (cosignatures, proof files).
//
//	check DIR VKEY WITNESS_VKEY OLDER   reads a log that pipa keeps, and its proofs in DIR/proof
//	make DIR NAME COUNT                 makes a log for pipa to read; prints its verifier key
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// The path that tlog-tiles gives a tile: sumdb's, without the height, and 'entries' for its 'data'.
func tilePath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), "tile/8/")
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

type folder struct{ dir string }

func (f folder) Height() int { return height }
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for i, t := range tiles {
		content, err := os.ReadFile(filepath.Join(f.dir, tilePath(t)))
		if err != nil {
			return nil, err
		}
		out[i] = content
	}
	return out, nil
}
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
}

func parse(text string) (checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return checkpoint{}, fmt.Errorf("%d lines in the checkpoint", len(lines))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return checkpoint{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return checkpoint{lines[0], size, root}, err
}

func open(file, vkey string) (checkpoint, []byte, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return checkpoint{}, nil, err
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return checkpoint{}, nil, err
	}
	opened, err := note.Open(content, note.VerifierList(verifier))
	if err != nil {
		return checkpoint{}, nil, err
	}
	parsed, err := parse(opened.Text)
	if err == nil && parsed.origin != verifier.Name() {
		err = fmt.Errorf("origin %q of %q", parsed.origin, verifier.Name())
	}
	return parsed, content, err
}

// The time at which the holder of the key says it saw this checkpoint.
func cosigned(content []byte, vkey string) (time.Time, error) {
	verifier, err := fnote.NewVerifierForCosignatureV1(vkey)
	if err != nil {
		return time.Time{}, err
	}
	opened, err := note.Open(content, note.VerifierList(verifier))
	if err != nil {
		return time.Time{}, err
	}
	return fnote.CoSigV1Timestamp(opened.Sigs[0])
}

func entries(dir string, size int64) ([][]byte, error) {
	var out [][]byte
	for bundle := int64(0); bundle*256 < size; bundle++ {
		width := min(256, int(size-bundle*256))
		content, err := os.ReadFile(filepath.Join(dir, tilePath(tlog.Tile{H: height, L: -1, N: bundle, W: width})))
		if err != nil {
			return nil, err
		}
		for len(content) > 0 {
			length := int(binary.BigEndian.Uint16(content))
			out = append(out, content[2:2+length])
			content = content[2+length:]
		}
	}
	if int64(len(out)) != size {
		return nil, fmt.Errorf("%d entries in a log of %d", len(out), size)
	}
	return out, nil
}

func checkProofs(dir string, now checkpoint, all [][]byte) (int, error) {
	files, err := filepath.Glob(filepath.Join(dir, "proof", "*.tlog-proof"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		var read proof.TLogProof
		if err := read.Unmarshal(content); err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
		if !bytes.Equal(read.Marshal(), content) {
			return 0, fmt.Errorf("%s: is written in another way", file)
		}
		under, err := parse(strings.SplitAfter(string(read.Checkpoint), "\n\n")[0][:bytes.Index(read.Checkpoint, []byte("\n\n"))+1])
		if err != nil {
			return 0, err
		}
		var hashes tlog.RecordProof
		for _, hash := range read.Hashes {
			hashes = append(hashes, tlog.Hash(hash))
		}
		if err := tlog.CheckRecord(hashes, under.size, under.root, int64(read.Index), tlog.RecordHash(all[read.Index])); err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
		// The entry's own digest names the file: a certificate finds its proof.
		digest := fmt.Sprintf("%x", all[read.Index][13:])
		if filepath.Base(file) != digest+".tlog-proof" {
			return 0, fmt.Errorf("%s holds the proof of %s", file, digest)
		}
	}
	return len(files), nil
}

func check(dir, vkey, witness, olderFile string) error {
	now, content, err := open(filepath.Join(dir, "checkpoint"), vkey)
	if err != nil {
		return err
	}
	own, err := fnote.VKeyToCosignatureV1(vkey)
	if err != nil {
		return err
	}
	for _, key := range []string{own, witness} {
		if _, err := cosigned(content, key); err != nil {
			return fmt.Errorf("cosignature of %s: %w", key, err)
		}
	}
	reader := tlog.TileHashReader(tlog.Tree{N: now.size, Hash: now.root}, folder{dir})
	if root, err := tlog.TreeHash(now.size, reader); err != nil || root != now.root {
		return fmt.Errorf("root %v instead of %v: %w", root, now.root, err)
	}
	all, err := entries(dir, now.size)
	if err != nil {
		return err
	}
	for n, entry := range all {
		hashes, err := tlog.ProveRecord(now.size, int64(n), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(hashes, now.size, now.root, int64(n), tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
	}
	older, _, err := open(olderFile, vkey)
	if err != nil {
		return err
	}
	tree, err := tlog.ProveTree(now.size, older.size, reader)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(tree, now.size, now.root, older.size, older.root); err != nil {
		return err
	}
	proofs, err := checkProofs(dir, now, all)
	if err != nil {
		return err
	}
	if proofs == 0 {
		return errors.New("no proofs")
	}
	fmt.Printf("%d entries, %d proofs, goes on from %d\n", now.size, proofs, older.size)
	return nil
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

func makeLog(dir, name string, count int64) error {
	secret, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return err
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			out = append(out, stored[i])
		}
		return out, nil
	})
	var bundle []byte
	for n := int64(0); n < count; n++ {
		entry := []byte("foreign entry " + strconv.FormatInt(n, 10))
		hashes, err := tlog.StoredHashes(n, entry, reader)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
		bundle = append(binary.BigEndian.AppendUint16(bundle, uint16(len(entry))), entry...)
		if n%256 == 255 || n == count-1 {
			if err := write(filepath.Join(dir, tilePath(tlog.Tile{H: height, L: -1, N: n / 256, W: int(n%256) + 1})), bundle); err != nil {
				return err
			}
			bundle = nil
		}
	}
	for _, tile := range tlog.NewTiles(height, 0, count) {
		content, err := tlog.ReadTileData(tile, reader)
		if err != nil {
			return err
		}
		if err := write(filepath.Join(dir, tilePath(tile)), content); err != nil {
			return err
		}
	}
	root, err := tlog.TreeHash(count, reader)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", name, count, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return err
	}
	fmt.Println(public)
	return write(filepath.Join(dir, "checkpoint"), signed)
}

func run(words []string) error {
	switch {
	case len(words) == 5 && words[0] == "check":
		return check(words[1], words[2], words[3], words[4])
	case len(words) == 4 && words[0] == "make":
		count, err := strconv.ParseInt(words[3], 10, 64)
		if err != nil {
			return err
		}
		return makeLog(words[1], words[2], count)
	}
	return errors.New("check DIR VKEY WITNESS_VKEY OLDER, or make DIR NAME COUNT")
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
