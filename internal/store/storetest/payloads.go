package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"beleg/internal/market"
)

func payloadTests() map[string]test {
	return map[string]test{
		"ByteForByte":     payloadByteForByte,
		"RestsOn":         payloadOrigin,
		"NothingNew":      payloadNothingNew,
		"LongChain":       payloadChain,
		"RepeatedIsCheap": payloadCheap,
		"Expired":         payloadExpired,
		"BackAfterExpiry": payloadBack,
		"SameBodyTwoURLs": payloadTwoURLs,
		"WrongHash":       payloadWrongHash,
		"Unknown":         payloadUnknown,
		"Empty":           payloadEmpty,
	}
}

func payload(url, body string) *market.Payload {
	sum := sha256.Sum256([]byte(body))
	return &market.Payload{Source: "llama", URL: url, SHA256: hex.EncodeToString(sum[:]), ContentType: "application/json", Body: []byte(body)}
}

// answer commits a payload on which a new value rests, and gives its hash.
func (h *harness) answer(t testing.TB, url, body string) string {
	t.Helper()
	last, _, err := h.Latest(t.Context(), "tvl")
	check(t, err)
	p := payload(url, body)
	p.FetchedAt = h.clock.Now()
	b := points("tvl", final(market.DayNumber(last.Period.Day()+1).String(), float64(last.Period.Day())))
	b.Payload = p
	h.commit(t, b)
	return p.SHA256
}

// history is an answer that lists n days, as upstreams do.
func history(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, `{"date":%d,"tvl":%d.%04d},`, 1_500_000_000+i*86_400, 48_000_000_000+i*i*7919%1_000_000_007, i*i%9973)
	}
	return s.String()
}

func (h *harness) payloadBody(t testing.TB, sha string) string {
	t.Helper()
	p, err := h.Payload(t.Context(), sha)
	if err != nil {
		t.Errorf("payload: %v", err)
	}
	return string(p.Body)
}

func payloadByteForByte(t *testing.T, h *harness) {
	body := "{\"tvl\":1}\n\x00\xff"
	sha := h.answer(t, "https://api.example/u", body)
	got, err := h.Payload(t.Context(), sha)
	check(t, err)
	want := *payload("https://api.example/u", body)
	want.FetchedAt = h.clock.Now()
	same(t, "payload", got, want)
}

func payloadOrigin(t *testing.T, h *harness) {
	p := payload("https://api.example/u", history(10))
	b := points("tvl", final("09", 1))
	b.Payload, b.Origin.FetchedAt = p, h.clock.Now()
	h.commit(t, b)
	o, err := h.Origin(t.Context(), h.observations(t, "tvl", market.ObservationQuery{})[0].Origin)
	check(t, err)
	if o.SHA256 != p.SHA256 || o.PayloadLen != int64(len(p.Body)) || o.PayloadID == 0 || o.Kind != market.FromPayload || !o.FetchedAt.Equal(h.clock.Now()) {
		t.Errorf("origin: %+v", o)
	}
	same(t, "what it rests on", h.payloadBody(t, o.SHA256), history(10))
}

// payloadNothingNew commits an answer with other bytes that changes no value: nothing comes to rest on it.
func payloadNothingNew(t *testing.T, h *harness) {
	b := points("tvl", final("09", 1))
	b.Payload = payload("u", "one")
	h.commit(t, b)
	before := h.observations(t, "tvl", market.ObservationQuery{})
	b.Payload = payload("u", "another")
	same(t, "counts", tallyOf(h.commit(t, b)), tally{Unchanged: 1})
	same(t, "observations", h.observations(t, "tvl", market.ObservationQuery{}), before)
	if _, err := h.Origin(t.Context(), before[0].Origin+1); !errors.Is(err, market.ErrNotFound) {
		t.Errorf("an origin on which nothing rests: %v", err)
	}
}

func payloadChain(t *testing.T, h *harness) {
	want := map[string]string{}
	for i := range 100 {
		h.clock.SetTime(h.clock.Now().Add(time.Hour))
		body := history(20+i) + fmt.Sprint(i%7)
		want[h.answer(t, "u", body)] = body
	}
	h.reopen(t)
	for sha, body := range want {
		if got := h.payloadBody(t, sha); got != body {
			t.Fatalf("payload %s came back with %d instead of %d bytes", sha, len(got), len(body))
		}
	}
}

func payloadCheap(t *testing.T, h *harness) {
	const answers, days = 60, 4000
	var bytes int64
	_, before, err := h.Size(t.Context())
	check(t, err)
	for i := range answers {
		body := history(days + i)
		bytes += int64(len(body))
		h.answer(t, "u", body)
	}
	h.reopen(t) // what is not yet merged into the file does not count
	_, after, err := h.Size(t.Context())
	check(t, err)
	if grown := after - before; grown > bytes/20 {
		t.Errorf("%d answers of together %d bytes take %d bytes on disk", answers, bytes, grown)
	}
}

func payloadExpired(t *testing.T, h *harness) {
	old := h.answer(t, "u", "old")
	h.clock.SetTime(h.clock.Now().AddDate(3, 0, 0))
	young := h.answer(t, "other", "young")
	n, err := h.ExpirePayloads(t.Context())
	check(t, err)
	same(t, "expired", n, 1)
	p, err := h.Payload(t.Context(), old)
	if !errors.Is(err, market.ErrExpired) {
		t.Errorf("an expired payload: %v", err)
	}
	want := *payload("u", "old")
	want.Body, want.FetchedAt = nil, Time(t, start)
	same(t, "what is left", p, want)
	same(t, "young", h.payloadBody(t, young), "young")
	n, err = h.ExpirePayloads(t.Context())
	check(t, err)
	same(t, "expired again", n, 0)
	same(t, "after expiry", h.payloadBody(t, h.answer(t, "u", "old and new")), "old and new")
}

func payloadBack(t *testing.T, h *harness) {
	sha := h.answer(t, "u", history(10))
	h.clock.SetTime(h.clock.Now().AddDate(3, 0, 0))
	_, err := h.ExpirePayloads(t.Context())
	check(t, err)
	h.answer(t, "u", history(11))
	h.answer(t, "u", history(10))
	same(t, "the same answer after it expired", h.payloadBody(t, sha), history(10))
	same(t, "the one between", h.payloadBody(t, payload("u", history(11)).SHA256), history(11))
}

func payloadTwoURLs(t *testing.T, h *harness) {
	a, b := h.answer(t, "a", history(5)), h.answer(t, "b", history(5))
	same(t, "hashes", a, b)
	same(t, "body", h.payloadBody(t, a), history(5))
}

func payloadWrongHash(t *testing.T, h *harness) {
	b := points("tvl", final("09", 1))
	b.Payload = payload("u", "body")
	b.Payload.Body = []byte("other")
	if _, err := h.CommitBatch(t.Context(), b); err == nil {
		t.Error("a payload was stored under a hash that is not its own")
	}
}

func payloadUnknown(t *testing.T, h *harness) {
	if _, err := h.Payload(t.Context(), "00"); !errors.Is(err, market.ErrNotFound) {
		t.Errorf("an unknown payload: %v", err)
	}
}

func payloadEmpty(t *testing.T, h *harness) {
	p, err := h.Payload(t.Context(), h.answer(t, "u", ""))
	check(t, err)
	same(t, "body", len(p.Body), 0)
}
