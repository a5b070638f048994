package chart

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// A module that wasm-bindgen made holds the JavaScript objects of its host by number. This file is the host's side for
// the few kinds of objects that resvg uses.

// bindgenModule is the name under which such a module asks its host for functions.
const bindgenModule = "wbg"

// reserved are the numbers that stand for constants: undefined, null, true and false, and before them a stack.
const reserved = 132

type (
	jsMemory struct{}                 // the module's memory
	jsView   struct{ at, len uint32 } // bytes inside that memory
	jsArray  struct{ items []any }    // also of byte arrays: []byte is Uint8Array
	jsIter   struct {
		items []any
		next  int
	}
	jsStep struct { // what an iterator's next gives
		value any
		done  bool
	}
)

// jsHeap is the objects that one instance of the module holds.
type jsHeap struct {
	module  api.Module
	objects map[uint32]any
	next    uint32
}

type heapKey struct{}

func newHeap() *jsHeap { return &jsHeap{objects: map[uint32]any{}, next: reserved} }

func heapOf(ctx context.Context, m api.Module) *jsHeap {
	h := ctx.Value(heapKey{}).(*jsHeap)
	h.module = m
	return h
}

func (h *jsHeap) add(o any) uint32 {
	n := h.next
	h.next++
	h.objects[n] = o
	return n
}

func (h *jsHeap) take(n uint32) any {
	o := h.objects[n]
	delete(h.objects, n)
	return o
}

// memory reads bytes of the module; a place outside its memory is the module's fault and ends the call.
func (h *jsHeap) memory(at, n uint32) []byte {
	b, ok := h.module.Memory().Read(at, n)
	if !ok {
		panic(fmt.Errorf("read %d bytes at %d: outside the module's memory", n, at))
	}
	return b
}

func (h *jsHeap) write(at uint32, b []byte) {
	if !h.module.Memory().Write(at, b) {
		panic(fmt.Errorf("write %d bytes at %d: outside the module's memory", len(b), at))
	}
}

// bytes are the content of a byte array, the host's or a view of the module's.
func (h *jsHeap) bytes(o any) []byte {
	switch v := o.(type) {
	case []byte:
		return v
	case jsView:
		return h.memory(v.at, v.len)
	case jsMemory:
		return h.memory(0, h.module.Memory().Size())
	}
	panic(fmt.Errorf("%T is no byte array", o))
}

// binding is what an import does. Arguments and results are numbers of objects, or plain numbers.
type binding struct {
	result bool
	do     func(h *jsHeap, a []uint32) uint32
}

// bindings are found by the import's name without the hash that every build changes, and its number of arguments:
// wasm-bindgen calls three constructors "new".
var bindings = map[string]binding{
	"__wbg_new/0": {true, func(h *jsHeap, _ []uint32) uint32 { return h.add(&jsArray{}) }},
	"__wbg_new/1": {true, func(h *jsHeap, a []uint32) uint32 {
		o := h.objects[a[0]]
		if _, ok := o.(jsMemory); ok {
			return h.add(jsView{0, h.module.Memory().Size()})
		}
		return h.add(append([]byte(nil), h.bytes(o)...))
	}},
	"__wbg_new/2":                        {true, func(h *jsHeap, a []uint32) uint32 { return h.add(errors.New(string(h.memory(a[0], a[1])))) }},
	"__wbg_buffer/1":                     {true, func(h *jsHeap, _ []uint32) uint32 { return h.add(jsMemory{}) }},
	"__wbg_newwithbyteoffsetandlength/3": {true, func(h *jsHeap, a []uint32) uint32 { return h.add(jsView{a[1], a[2]}) }},
	"__wbg_values/1": {true, func(h *jsHeap, a []uint32) uint32 {
		return h.add(&jsIter{items: h.objects[a[0]].(*jsArray).items})
	}},
	"__wbg_next/1": {true, func(h *jsHeap, a []uint32) uint32 {
		it := h.objects[a[0]].(*jsIter)
		if it.next >= len(it.items) {
			return h.add(jsStep{done: true})
		}
		it.next++
		return h.add(jsStep{value: it.items[it.next-1]})
	}},
	"__wbg_done/1":  {true, func(h *jsHeap, a []uint32) uint32 { return truth(h.objects[a[0]].(jsStep).done) }},
	"__wbg_value/1": {true, func(h *jsHeap, a []uint32) uint32 { return h.add(h.objects[a[0]].(jsStep).value) }},
	"__wbg_instanceof_Uint8Array/1": {true, func(h *jsHeap, a []uint32) uint32 {
		switch h.objects[a[0]].(type) {
		case []byte, jsView:
			return 1
		}
		return 0
	}},
	"__wbg_push/2": {true, func(h *jsHeap, a []uint32) uint32 {
		list := h.objects[a[0]].(*jsArray)
		list.items = append(list.items, h.objects[a[1]])
		return uint32(len(list.items))
	}},
	"__wbg_length/1": {true, func(h *jsHeap, a []uint32) uint32 { return uint32(len(h.bytes(h.objects[a[0]]))) }},
	"__wbg_set/3": {false, func(h *jsHeap, a []uint32) uint32 {
		source := h.bytes(h.objects[a[1]])
		switch to := h.objects[a[0]].(type) {
		case jsView:
			h.write(to.at+a[2], source)
		case []byte:
			copy(to[a[2]:], source)
		}
		return 0
	}},
	"__wbindgen_memory/0":          {true, func(h *jsHeap, _ []uint32) uint32 { return h.add(jsMemory{}) }},
	"__wbindgen_object_drop_ref/1": {false, func(h *jsHeap, a []uint32) uint32 { h.take(a[0]); return 0 }},
	"__wbindgen_string_new/2":      {true, func(h *jsHeap, a []uint32) uint32 { return h.add(string(h.memory(a[0], a[1]))) }},
	"__wbindgen_throw/2":           {false, func(h *jsHeap, a []uint32) uint32 { panic(errors.New(string(h.memory(a[0], a[1])))) }},
}

// stringGet is the one import that calls back into the module, for memory to put the string.
const stringGet = "__wbindgen_string_get/2"

func truth(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

var buildHash = regexp.MustCompile(`_[0-9a-f]{16}$`)

// bind gives the module every function that it imports. The error names the first one that this host does not know.
func bind(ctx context.Context, r wazero.Runtime, m wazero.CompiledModule) error {
	host := r.NewHostModuleBuilder(bindgenModule)
	for _, f := range m.ImportedFunctions() {
		module, name, _ := f.Import()
		key := fmt.Sprintf("%s/%d", buildHash.ReplaceAllString(name, ""), len(f.ParamTypes()))
		b, known := bindings[key]
		if key == stringGet {
			host.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(giveString), f.ParamTypes(), f.ResultTypes()).Export(name)
			continue
		}
		if module != bindgenModule || !known || b.result != (len(f.ResultTypes()) == 1) {
			return fmt.Errorf("module imports %s.%s with %d arguments and %d results, which this host does not offer",
				module, name, len(f.ParamTypes()), len(f.ResultTypes()))
		}
		call := func(ctx context.Context, mod api.Module, stack []uint64) {
			args := make([]uint32, len(f.ParamTypes()))
			for i := range args {
				args[i] = uint32(stack[i])
			}
			if got := b.do(heapOf(ctx, mod), args); b.result {
				stack[0] = uint64(got)
			}
		}
		host.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(call), f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	_, err := host.Instantiate(ctx)
	return err
}

// giveString writes address and length of a string to the first argument; both are 0 for what is no string.
func giveString(ctx context.Context, m api.Module, stack []uint64) {
	h := heapOf(ctx, m)
	to := uint32(stack[0])
	s, ok := h.objects[uint32(stack[1])].(string)
	at := uint32(0)
	if ok {
		var err error
		if at, err = h.put(ctx, s); err != nil {
			panic(err)
		}
	}
	if !m.Memory().WriteUint32Le(to, at) || !m.Memory().WriteUint32Le(to+4, uint32(len(s))) {
		panic(errors.New("write string: outside the module's memory"))
	}
}

// call runs an export that gives at most one number.
func (h *jsHeap) call(ctx context.Context, name string, args ...uint64) (uint32, error) {
	f := h.module.ExportedFunction(name)
	if f == nil {
		return 0, fmt.Errorf("module does not export %s", name)
	}
	got, err := f.Call(ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("call %s: %w", name, err)
	}
	if len(got) == 0 {
		return 0, nil
	}
	return uint32(got[0]), nil
}

// put copies a string into the module's memory, which then belongs to the module.
func (h *jsHeap) put(ctx context.Context, s string) (uint32, error) {
	at, err := h.call(ctx, "__wbindgen_malloc", uint64(len(s)), 1)
	if err != nil {
		return 0, err
	}
	h.write(at, []byte(s))
	return at, nil
}

// callFallible runs an export that writes result, error and "is an error" to its first argument.
func (h *jsHeap) callFallible(ctx context.Context, name string, args ...uint64) (uint32, error) {
	const frame = 16
	stack, err := h.call(ctx, "__wbindgen_add_to_stack_pointer", uint64(^uint32(frame)+1))
	if err != nil {
		return 0, err
	}
	if _, err := h.call(ctx, name, append([]uint64{uint64(stack)}, args...)...); err != nil {
		return 0, err
	}
	var out [3]uint32
	for i := range out {
		v, ok := h.module.Memory().ReadUint32Le(stack + 4*uint32(i))
		if !ok {
			return 0, fmt.Errorf("call %s: its result is outside the module's memory", name)
		}
		out[i] = v
	}
	if _, err := h.call(ctx, "__wbindgen_add_to_stack_pointer", frame); err != nil {
		return 0, err
	}
	if out[2] != 0 {
		return 0, fmt.Errorf("call %s: %v", name, h.take(out[1]))
	}
	return out[0], nil
}
