// Package sqlite is the store: series and their observations by version, what those rest on, runs, and posts with the
// figures they state, in one SQLite file; the answers of upstreams in a second one beside it.
//
// One connection writes, several read. Everything that belongs together is written in one transaction, so that a process
// that dies leaves whole batches and nothing else. Times are kept in Unix seconds, UTC, and come from Config.Now.
package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"beleg/internal/store/sqlite/maindb"
	"beleg/internal/store/sqlite/payloaddb"
)

// The defaults of Config.
const (
	DefaultBackfillAfter    = 24 * time.Hour
	DefaultPayloadKeep      = 400 * 24 * time.Hour
	DefaultPayloadFullEvery = 1024
	DefaultPayloadFullAfter = 30 * 24 * time.Hour
	DefaultPayloadDeltaMax  = 32 << 20
	DefaultReadConns        = 4
	DefaultBusyTimeout      = 10 * time.Second
	DefaultRunLimit         = 100
)

// Config says where the store lies and how it behaves. Only Path is required; zero limits take the defaults.
type Config struct {
	Path        string
	PayloadPath string           // default: beside Path, beleg.db → beleg.payloads.db
	Now         func() time.Time // default: time.Now
	Logger      *slog.Logger     // default: none
	Simulated   bool             // the values are made up; such a store and a real one never open each other's files for writing
	ReadOnly    bool             // the files must exist and be of this version; every write gives ErrReadOnly

	BackfillAfter    time.Duration // a value recorded later than this after its period is backfilled; default 24 h
	PayloadKeep      time.Duration // how long answers keep their body; default 400 days, negative = for ever
	PayloadFullEvery int           // answers of one URL until the next full copy, which bounds what reading one costs; default 1024
	PayloadFullAfter time.Duration // time until the next full copy, which bounds how long a body outlives PayloadKeep; default 30 days
	PayloadDeltaMax  int64         // answers larger than this are always full copies, which bounds memory; default 32 MB
	ReadConns        int           // reading connections per file; default 4
	BusyTimeout      time.Duration // how long to wait for another process that writes; default 10 s
}

func (c Config) withDefaults() Config {
	c.PayloadPath = cmp.Or(c.PayloadPath, payloadsBeside(c.Path))
	c.BackfillAfter = cmp.Or(c.BackfillAfter, DefaultBackfillAfter)
	c.PayloadKeep = cmp.Or(c.PayloadKeep, DefaultPayloadKeep)
	c.PayloadFullEvery = cmp.Or(c.PayloadFullEvery, DefaultPayloadFullEvery)
	c.PayloadFullAfter = cmp.Or(c.PayloadFullAfter, DefaultPayloadFullAfter)
	c.PayloadDeltaMax = cmp.Or(c.PayloadDeltaMax, DefaultPayloadDeltaMax)
	c.ReadConns = cmp.Or(c.ReadConns, DefaultReadConns)
	c.BusyTimeout = cmp.Or(c.BusyTimeout, DefaultBusyTimeout)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}

// payloadsBeside is the default path of the answers: beleg.payloads.db for beleg.db.
func payloadsBeside(path string) string { return strings.TrimSuffix(path, ".db") + ".payloads.db" }

// Store is the open store. It is safe for concurrent use.
type Store struct {
	cfg      Config
	main     *file
	payloads *file
	packer   *packer

	read        *maindb.Queries
	readPayload *payloaddb.Queries

	watch watcher
}

// Open opens the store and brings it up to date; missing files and their directory are created.
// Errors wrap ErrNotDatabase, ErrSimulated, ErrNewer, ErrCorrupt or ErrLocked where that is what is wrong, and with ReadOnly
// ErrOutdated or fs.ErrNotExist.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Path == "" {
		return nil, errors.New("open the store: no path given")
	}
	cfg = cfg.withDefaults()
	if !cfg.ReadOnly {
		for _, path := range []string{cfg.Path, cfg.PayloadPath} {
			if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
				return nil, fmt.Errorf("create the store's directory: %w", err)
			}
		}
	}
	kind := mainFile
	if cfg.Simulated {
		kind = simulated
	}
	main, err := openFile(ctx, cfg, kind, cfg.Path)
	if cfg.ReadOnly && !cfg.Simulated && errors.Is(err, ErrSimulated) {
		cfg.Simulated = true // who only reads is told, see Simulated
		main, err = openFile(ctx, cfg, simulated, cfg.Path)
	}
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", cfg.Path, err)
	}
	payloads, err := openFile(ctx, cfg, payloadFile, cfg.PayloadPath)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open payloads %s: %w", cfg.PayloadPath, err), main.close())
	}
	packer, err := newPacker(chunkSize, chunkReach)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", cfg.Path, err), payloads.close(), main.close())
	}
	return &Store{cfg: cfg, main: main, payloads: payloads, packer: packer,
		read: maindb.New(main.reader), readPayload: payloaddb.New(payloads.reader)}, nil
}

// Simulated tells whether the store's values are made up.
func (s *Store) Simulated() bool { return s.cfg.Simulated }

// Close waits for what is being written and closes the files.
func (s *Store) Close() error {
	return errors.Join(s.watch.close(), s.main.close(), s.payloads.close(), s.packer.close())
}

// Size is what the files take on disk, in bytes, with what is not yet merged into them.
func (s *Store) Size(context.Context) (data, payloads int64, err error) {
	if data, err = diskSize(s.main.path); err != nil {
		return 0, 0, err
	}
	payloads, err = diskSize(s.payloads.path)
	return data, payloads, err
}

func diskSize(path string) (int64, error) {
	var sum int64
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("measure the store: %w", err)
		}
		sum += info.Size()
	}
	return sum, nil
}
