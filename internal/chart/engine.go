package chart

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"modernc.org/quickjs"
)

const scriptFile = "engine/charts.js"

// stackSlots limits how deep the script may call itself.
const stackSlots = 4 << 20

// sketch is what the script draws: zrender's SVG, and what belongs on top of it.
type sketch struct {
	SVG    string        `json:"svg"`
	Marks  []sketchMark  `json:"marks"`
	Focus  *sketchMark   `json:"focus"` // the highlight
	Labels []sketchLabel `json:"labels"`
}

// sketchLabel is the text beside a point: X is its left or right end or its middle, by Align, and Y the middle of its
// height, in pixels of the sketch.
type sketchLabel struct {
	Text  string  `json:"text"`
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	Align string  `json:"align"`
	Size  float64 `json:"size"`
}

// sketchMark is one cited figure, or several that share a mark, in pixels of the sketch.
type sketchMark struct {
	X      float64  `json:"x"`
	Y      float64  `json:"y"`
	Size   float64  `json:"size"`
	Off    int      `json:"off"` // 1 above, -1 below what the axis shows
	URL    string   `json:"url"`
	Text   string   `json:"text"`
	Count  int      `json:"count"`
	Period string   `json:"period"` // of a single figure
	Value  *float64 `json:"value"`  // of a single figure
}

// engines is a pool of JavaScript machines with the chart script loaded. A machine serves one drawing at a time; one
// that failed is not used again.
type engines struct {
	script  string
	measure func(text, font string) float64
	timeout time.Duration
	memory  uint64

	slots chan struct{} // one for each machine that may exist
	mu    sync.Mutex
	idle  []*quickjs.VM
	code  []byte // the script, compiled by the first machine
}

func newEngines(script string, measure func(text, font string) float64, c Config) *engines {
	return &engines{script: script, measure: measure, timeout: c.Timeout, memory: c.Memory, slots: make(chan struct{}, c.Engines)}
}

// draw runs the script on an option.
func (e *engines) draw(ctx context.Context, option []byte, width, height int) (*sketch, error) {
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a chart engine: %w", ctx.Err())
	}
	defer func() { <-e.slots }()
	vm, err := e.take()
	if err != nil {
		return nil, err
	}
	answer, err := vm.Call("belegDraw", string(option), width, height)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("run chart script: %w", scriptError(err)), vm.Close())
	}
	e.mu.Lock()
	e.idle = append(e.idle, vm)
	e.mu.Unlock()
	text, _ := answer.(string)
	var s sketch
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return nil, fmt.Errorf("read answer of chart script: %w", err)
	}
	return &s, nil
}

// scriptError adds where in the script an exception came from.
func scriptError(err error) error {
	var thrown *quickjs.Error
	if errors.As(err, &thrown) && thrown.Stack != "" {
		return fmt.Errorf("%w\n%s", err, thrown.Stack)
	}
	return err
}

func (e *engines) take() (*quickjs.VM, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if n := len(e.idle); n > 0 {
		vm := e.idle[n-1]
		e.idle = e.idle[:n-1]
		return vm, nil
	}
	return e.start()
}

// start makes a machine. The caller holds the lock.
func (e *engines) start() (*quickjs.VM, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("start chart engine: %w", err)
	}
	if err := e.load(vm); err != nil {
		return nil, errors.Join(fmt.Errorf("start chart engine: %w", err), vm.Close())
	}
	return vm, nil
}

func (e *engines) load(vm *quickjs.VM) error {
	vm.SetMemoryLimit(uintptr(e.memory))
	vm.SetMaxStackSize(stackSlots)
	if err := vm.SetEvalTimeout(e.timeout); err != nil {
		return err
	}
	err := vm.RegisterHostFunc("belegMeasure", func(args []any) (any, error) {
		if len(args) != 2 {
			return nil, errors.New("belegMeasure wants a text and a font")
		}
		text, _ := args[0].(string)
		font, _ := args[1].(string)
		return e.measure(text, font), nil
	})
	if err != nil {
		return err
	}
	if e.code == nil {
		if e.code, err = vm.Compile(e.script, quickjs.EvalGlobal); err != nil {
			return fmt.Errorf("compile chart script: %w", scriptError(err))
		}
	}
	v, err := vm.EvalBytecodeValue(e.code)
	if err != nil {
		return fmt.Errorf("load chart script: %w", scriptError(err))
	}
	v.Free()
	return nil
}

// close frees the machines. Nothing is drawn any more.
func (e *engines) close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	var errs []error
	for _, vm := range e.idle {
		errs = append(errs, vm.Close())
	}
	e.idle = nil
	return errors.Join(errs...)
}
