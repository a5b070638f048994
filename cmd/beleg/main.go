// Command beleg keeps the figures in blog posts honest; see the README.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"beleg/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := app.Main(ctx, os.Args[1:], app.System())
	stop()
	os.Exit(code)
}
