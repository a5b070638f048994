package chart

import (
	"container/list"
	"sync"
)

// cache keeps the newest finished documents, up to a number of bytes; what was asked for least recently goes first.
type cache struct {
	mu    sync.Mutex
	limit int64
	size  int64
	order *list.List // of *cached, newest first
	byKey map[string]*list.Element
}

type cached struct {
	key  string
	body []byte
}

// overhead is what an entry takes beside its body, about.
const overhead = 256

func newCache(limit int64) *cache {
	return &cache{limit: limit, order: list.New(), byKey: map[string]*list.Element{}}
}

func (c *cache) get(key string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).body, true
}

// put keeps a body, unless it alone is larger than the cache.
func (c *cache) put(key string, body []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[key]; ok || int64(len(body))+overhead > c.limit {
		return
	}
	c.byKey[key] = c.order.PushFront(&cached{key, body})
	c.size += int64(len(body)) + overhead
	for c.size > c.limit {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	old := c.order.Remove(e).(*cached)
	delete(c.byKey, old.key)
	c.size -= int64(len(old.body)) + overhead
}
