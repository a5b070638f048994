package sqlite

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func testPacker(t testing.TB) *packer {
	t.Helper()
	p, err := newPacker()
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
	p := testPacker(t)
	long := numbers(2*chunkSize + 12_345)
	for _, c := range []struct {
		name       string
		b, earlier []byte
		most       int // bytes packed, 0 = any
	}{
		{"Empty", nil, nil, 1},
		{"EmptyAfterSomething", nil, long, 1},
		{"Short", []byte("x"), nil, 0},
		{"OneChunk", long[:chunkSize], nil, 0},
		{"OneByteMore", long[:chunkSize+1], nil, 0},
		{"Long", long, nil, 0},
		{"Same", long, long, 1000},
		{"AppendedTo", append(bytes.Clone(long), "the end"...), long, 1000},
		{"CutOff", long[:chunkSize+5], long, 1000},
		{"ShiftedByAnElement", append([]byte(`{"date":1,"tvl":2},`), long...), long, 1000},
		{"EarlierIsShorter", long, long[:100], 0},
		{"EarlierIsDifferent", long, bytes.Repeat([]byte("ab"), 100), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			packed, err := p.pack(c.b, c.earlier)
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.unpack(packed, c.earlier)
			if err != nil || !bytes.Equal(got, c.b) {
				t.Fatalf("%d bytes came back as %d, %v", len(c.b), len(got), err)
			}
			if c.most > 0 && len(packed) > c.most {
				t.Errorf("packed %d bytes into %d, want at most %d", len(c.b), len(packed), c.most)
			}
		})
	}
}

func TestPackProperty(t *testing.T) {
	p := testPacker(t)
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(rapid.Byte()).Draw(t, "b")
		earlier := rapid.OneOf(rapid.SliceOf(rapid.Byte()), rapid.Just(b)).Draw(t, "earlier")
		packed, err := p.pack(b, earlier)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.unpack(packed, earlier); err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%x came back as %x, %v", b, got, err)
		}
	})
}

// FuzzUnpack gives damaged bodies to the decoder: an error or a body, never a panic, and no more memory than a body may take.
func FuzzUnpack(f *testing.F) {
	p := testPacker(f)
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
