// Package app wires everything: it reads the configuration, opens what a subcommand needs, and turns results into
// output and exit codes. One file per subcommand.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// Exit codes, as scripts rely on them.
const (
	ExitOK       = 0
	ExitFindings = 1
	ExitFailure  = 2
)

// Env is what a command gets from the outside world; tests give their own.
type Env struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Now    func() time.Time
	Vars   map[string]string // BELEG_ variables
	Log    *slog.Logger
}

// System is the Env of the running process.
func System() *Env {
	vars := map[string]string{}
	for _, kv := range os.Environ() {
		if k, v, ok := strings.Cut(kv, "="); ok && strings.HasPrefix(k, envPrefix) {
			vars[k] = v
		}
	}
	return &Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now, Vars: vars}
}

// CLI is the whole command line.
type CLI struct {
	Globals

	Serve   ServeCmd   `cmd:"" help:"Serve the pages, the API and the embeds, and collect data on a schedule."`
	Collect CollectCmd `cmd:"" help:"Run due (or the named) jobs once."`
	Posts   PostsCmd   `cmd:"" help:"Add, list and remove posts."`
	Figures FiguresCmd `cmd:"" help:"Show the figures a text states."`
	Check   CheckCmd   `cmd:"" help:"Check the figures of posts against data, arithmetic and each other."`
	Export  ExportCmd  `cmd:"" help:"Write the observations of a series as CSV or JSON."`
	Chart   ChartCmd   `cmd:"" help:"Draw series into an SVG or PNG file."`
	Version VersionCmd `cmd:"" help:"Print the version."`
}

// Globals are the flags that belong to every command.
type Globals struct {
	DB       string `name:"db" help:"Database file." default:"data/beleg.db" env:"BELEG_DB" type:"path"`
	Catalog  string `help:"Directory with a catalogue of your own; the built-in one if empty." env:"BELEG_CATALOG" type:"path"`
	LogLevel string `help:"Least severe log line to write: debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"BELEG_LOG_LEVEL"`
}

// exitError carries an exit code other than ExitFailure.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// Main runs one command line and gives the process's exit code. Results go to env.Stdout, progress, logs and errors to env.Stderr.
func Main(ctx context.Context, args []string, env *Env) int {
	var cli CLI
	done := -1
	parser, err := kong.New(&cli,
		kong.Name("beleg"),
		kong.Description("Beleg keeps the figures in blog posts honest: it collects data, draws it beside the posts that cite it, and checks what they say."),
		kong.Writers(env.Stdout, env.Stderr),
		kong.Exit(func(code int) { done = code }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		_, _ = fmt.Fprintln(env.Stderr, "beleg:", err)
		return ExitFailure
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if done >= 0 { // --help has printed what was asked for
		return done
	}
	if err != nil {
		_, _ = fmt.Fprintln(env.Stderr, "beleg:", err)
		_, _ = fmt.Fprintln(env.Stderr, "Run 'beleg --help' for the commands and their flags.")
		return ExitFailure
	}
	env.Log = newLogger(env.Stderr, cli.LogLevel)
	return exitCode(env, command.Run(&cli.Globals, env))
}

func exitCode(env *Env, err error) int {
	var exit *exitError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &exit):
		if exit.err != nil {
			_, _ = fmt.Fprintln(env.Stderr, "beleg:", exit.err)
		}
		return exit.code
	default:
		for line := range strings.Lines(err.Error()) {
			_, _ = fmt.Fprintln(env.Stderr, "beleg:", strings.TrimRight(line, "\n"))
		}
		return ExitFailure
	}
}

func newLogger(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: l}))
}
