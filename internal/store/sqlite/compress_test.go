package sqlite

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func testPacker(t testing.TB, chunk, reach int) *packer {
	t.Helper()
	p, err := newPacker(chunk, reach)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// numbers is n bytes that compress badly and always the same way.
func numbers(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = "0123456789,.:{}"[r.IntN(15)]
	}
	return b
}

func TestPackRoundTrip(t *testing.T) {
	const chunk = 64 << 10
	p := testPacker(t, chunk, chunk/2)
	long := numbers(2*chunk + 12_345)
	for _, c := range []struct {
		name       string
		b, earlier []byte
		most       int // bytes packed, 0 = any
	}{
		{"Empty", nil, nil, 1},
		{"EmptyAfterSomething", nil, long, 1},
		{"Short", []byte("x"), nil, 0},
		{"OneChunk", long[:chunk], nil, 0},
		{"OneByteMore", long[:chunk+1], nil, 0},
		{"Long", long, nil, 0},
		{"Same", long, long, 300},
		{"AppendedTo", append(bytes.Clone(long), "the end"...), long, 300},
		{"CutOff", long[:chunk+5], long, 300},
		{"ShiftedByAnElement", append([]byte(`{"date":1,"tvl":2},`), long...), long, 300},
		{"EarlierIsShorter", long, long[:100], 0},
		{"EarlierIsDifferent", long, bytes.Repeat([]byte("ab"), 100), 0},
	} {
		t.Run(c.name, func(t *testing.T) { requireRoundTrip(t, p, c.b, c.earlier, c.most) })
	}
}

// TestPackHistoryOfManyMegabytes packs with the sizes that the store uses.
func TestPackHistoryOfManyMegabytes(t *testing.T) {
	if testing.Short() {
		t.Skip("compresses many megabytes")
	}
	long := numbers(3*chunkSize + 12_345)
	requireRoundTrip(t, testPacker(t, chunkSize, chunkReach), append(bytes.Clone(long), "the end"...), long, 1000)
}

func requireRoundTrip(t *testing.T, p *packer, b, earlier []byte, most int) {
	t.Helper()
	packed, err := p.pack(b, earlier)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.unpack(packed, earlier)
	if err != nil || !bytes.Equal(got, b) {
		t.Fatalf("%d bytes came back as %d, %v", len(b), len(got), err)
	}
	if most > 0 && len(packed) > most {
		t.Errorf("packed %d bytes into %d, want at most %d", len(b), len(packed), most)
	}
}

func TestPackProperty(t *testing.T) {
	p := testPacker(t, 4096, 2048)
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Repeat(rapid.SliceOf(rapid.Byte()).Draw(t, "b"), rapid.IntRange(1, 200).Draw(t, "times"))
		earlier := rapid.OneOf(rapid.SliceOf(rapid.Byte()), rapid.Just(b)).Draw(t, "earlier")
		packed, err := p.pack(b, earlier)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.unpack(packed, earlier); err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%d bytes came back as %d, %v", len(b), len(got), err)
		}
	})
}

// FuzzUnpack gives damaged bodies to the decoder: an error or a body, never a panic, and no more memory than a body may take.
func FuzzUnpack(f *testing.F) {
	p := testPacker(f, 4096, 2048)
	for _, b := range [][]byte{nil, []byte("x"), numbers(1000)} {
		for _, earlier := range [][]byte{nil, numbers(500)} {
			packed, err := p.pack(b, earlier)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(packed, earlier)
		}
	}
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x00}, []byte(nil))
	f.Fuzz(func(t *testing.T, packed, earlier []byte) {
		b, err := p.unpack(packed, earlier)
		if err == nil && len(b) > maxUnpacked {
			t.Errorf("%d bytes became %d", len(packed), len(b))
		}
	})
}
