package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

const (
	// chunkSize is how much is compressed at a time, and chunkReach how far the dictionary of a chunk goes beyond the same place in
	// the earlier answer on both sides. An encoder forgets the beginning of a dictionary of many megabytes; in pieces, an answer of
	// 25 MB that differs from the one before in its last element takes 3 kB, and the encoder's memory does not grow with the answer.
	chunkSize  = 2 << 20
	chunkReach = 1 << 20

	dictionaryID = 1

	// maxUnpacked bounds what a damaged file can make the decoder allocate.
	maxUnpacked = 1 << 30
)

var errPacked = errors.New("not a packed body")

// packer compresses with zstd: the unpacked size, then each chunk as its packed size and a frame; sizes are varints.
type packer struct {
	chunk, reach int
	window       int           // holds a chunk and its dictionary
	encoder      *zstd.Encoder // without a dictionary
	decoder      *zstd.Decoder
}

// newPacker makes a packer; chunk is a power of two beyond the 1 kB below which zstd counts otherwise, and reach at most as much.
func newPacker(chunk, reach int) (*packer, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(chunk), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(chunk)))
	if err != nil {
		return nil, err
	}
	return &packer{chunk: chunk, reach: reach, window: 4 * chunk, encoder: encoder, decoder: decoder}, nil
}

func (p *packer) close() error {
	p.decoder.Close()
	return p.encoder.Close()
}

// pack compresses b, with earlier as its dictionary where there is one.
func (p *packer) pack(b, earlier []byte) ([]byte, error) {
	packed := binary.AppendUvarint(nil, uint64(len(b)))
	for at := 0; at < len(b); at += p.chunk {
		frame, err := p.packChunk(b[at:min(at+p.chunk, len(b))], p.near(earlier, at))
		if err != nil {
			return nil, fmt.Errorf("compress: %w", err)
		}
		packed = binary.AppendUvarint(packed, uint64(len(frame)))
		packed = append(packed, frame...)
	}
	return packed, nil
}

func (p *packer) packChunk(chunk, dictionary []byte) ([]byte, error) {
	if len(dictionary) == 0 {
		return p.encoder.EncodeAll(chunk, nil), nil
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBetterCompression),
		zstd.WithWindowSize(p.window), zstd.WithEncoderCRC(false), zstd.WithEncoderDictRaw(dictionaryID, dictionary))
	if err != nil {
		return nil, err
	}
	return encoder.EncodeAll(chunk, nil), encoder.Close()
}

// unpack is the inverse of pack, with the same earlier. Errors wrap errPacked or zstd's own.
func (p *packer) unpack(packed, earlier []byte) ([]byte, error) {
	size, n := binary.Uvarint(packed)
	if n <= 0 || size > maxUnpacked {
		return nil, errPacked
	}
	packed = packed[n:]
	b := make([]byte, 0, min(size, uint64(p.chunk)))
	for uint64(len(b)) < size {
		length, n := binary.Uvarint(packed)
		if n <= 0 || length > uint64(len(packed)-n) {
			return nil, errPacked
		}
		frame := packed[n : n+int(length)]
		packed = packed[n+int(length):]
		chunk, err := p.unpackChunk(frame, p.near(earlier, len(b)))
		if err != nil {
			return nil, fmt.Errorf("decompress: %w", err)
		}
		if len(chunk) == 0 {
			return nil, errPacked
		}
		b = append(b, chunk...)
	}
	if uint64(len(b)) != size || len(packed) != 0 {
		return nil, errPacked
	}
	return b, nil
}

func (p *packer) unpackChunk(frame, dictionary []byte) ([]byte, error) {
	if len(dictionary) == 0 {
		return p.decoder.DecodeAll(frame, nil)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(p.chunk)),
		zstd.WithDecoderMaxWindow(uint64(p.window)), zstd.WithDecoderDictRaw(dictionaryID, dictionary))
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	return decoder.DecodeAll(frame, nil)
}

// near is the part of the earlier answer that the chunk beginning at that place is likely to resemble.
func (p *packer) near(earlier []byte, at int) []byte {
	from, to := max(0, at-p.reach), min(len(earlier), at+p.chunk+p.reach)
	if from >= to {
		return nil
	}
	return earlier[from:to]
}

// hash is the SHA-256 in hex.
func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
