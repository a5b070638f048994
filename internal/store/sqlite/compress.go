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

	// dictionaryWindow holds a chunk and its dictionary.
	dictionaryWindow = 8 << 20
	dictionaryID     = 1

	// maxUnpacked bounds what a damaged file can make the decoder allocate.
	maxUnpacked = 1 << 30
)

var errPacked = errors.New("not a packed body")

// packer compresses with zstd: the unpacked size, then each chunk as its packed size and a frame; sizes are varints.
type packer struct {
	encoder *zstd.Encoder // without a dictionary
	decoder *zstd.Decoder
}

func newPacker() (*packer, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(chunkSize), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(chunkSize))
	if err != nil {
		return nil, err
	}
	return &packer{encoder, decoder}, nil
}

func (p *packer) close() error {
	p.decoder.Close()
	return p.encoder.Close()
}

// pack compresses b, with earlier as its dictionary where there is one.
func (p *packer) pack(b, earlier []byte) ([]byte, error) {
	packed := binary.AppendUvarint(nil, uint64(len(b)))
	for at := 0; at < len(b); at += chunkSize {
		frame, err := p.frame(b[at:min(at+chunkSize, len(b))], near(earlier, at))
		if err != nil {
			return nil, fmt.Errorf("compress: %w", err)
		}
		packed = binary.AppendUvarint(packed, uint64(len(frame)))
		packed = append(packed, frame...)
	}
	return packed, nil
}

func (p *packer) frame(chunk, dictionary []byte) ([]byte, error) {
	if len(dictionary) == 0 {
		return p.encoder.EncodeAll(chunk, nil), nil
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBetterCompression),
		zstd.WithWindowSize(dictionaryWindow), zstd.WithEncoderCRC(false), zstd.WithEncoderDictRaw(dictionaryID, dictionary))
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
	b := make([]byte, 0, min(size, chunkSize))
	for uint64(len(b)) < size {
		length, n := binary.Uvarint(packed)
		if n <= 0 || length > uint64(len(packed)-n) {
			return nil, errPacked
		}
		frame := packed[n : n+int(length)]
		packed = packed[n+int(length):]
		chunk, err := p.chunk(frame, near(earlier, len(b)))
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

func (p *packer) chunk(frame, dictionary []byte) ([]byte, error) {
	if len(dictionary) == 0 {
		return p.decoder.DecodeAll(frame, nil)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(chunkSize),
		zstd.WithDecoderMaxWindow(dictionaryWindow), zstd.WithDecoderDictRaw(dictionaryID, dictionary))
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	return decoder.DecodeAll(frame, nil)
}

// near is the part of the earlier answer that the chunk beginning at that place is likely to resemble.
func near(earlier []byte, at int) []byte {
	from, to := max(0, at-chunkReach), min(len(earlier), at+chunkSize+chunkReach)
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
