//! Counts what is allocated, so that a text which takes too much memory is found.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The allocator of the system, with the number of bytes in use.
pub(crate) struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn add(size: usize) {
    let now = IN_USE.fetch_add(size, Relaxed) + size;
    PEAK.fetch_max(now, Relaxed);
}

// SAFETY: every call goes to the allocator of the system unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        // SAFETY: the caller keeps to what `GlobalAlloc` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }

    /// For a moment both the old and the new room may be in use.
    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        add(size);
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.realloc(place, layout, size) }
    }
}

/// What a text may take whatever its length.
const FIXED: usize = 16 * 1024;

/// The most bytes that something took for each byte of a text, beside [`FIXED`].
pub(crate) struct Seen(AtomicUsize);

impl Seen {
    pub(crate) const fn new() -> Self {
        Self(AtomicUsize::new(0))
    }
}

/// Does `work` on a text of `length` bytes, and panics when it takes more than `factor` times as many.
pub(crate) fn within<T>(
    factor: usize,
    seen: &Seen,
    what: &str,
    name: &str,
    length: usize,
    work: impl FnOnce() -> T,
) -> T {
    let before = IN_USE.load(Relaxed);
    PEAK.store(before, Relaxed);
    let outcome = work();
    let taken = PEAK.load(Relaxed) - before;
    let ratio = taken.saturating_sub(FIXED).div_ceil(length.max(1));
    if ratio > seen.0.fetch_max(ratio, Relaxed) {
        eprintln!("memory: {what} as {name} took {taken} bytes for {length}");
    }
    assert!(
        ratio <= factor,
        "{what} as {name} took {taken} bytes of memory for a text of {length}"
    );
    outcome
}
