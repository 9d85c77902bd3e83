//! Counts what everybody allocates, and says who refuses a document or loses a part of it.
//!
//! It prints one line for each, with tabs between: document, contender,
//! allocations when decoding and when encoding, and the fault, if there is one.

#![allow(clippy::print_stdout, reason = "a command speaks to its user")]

use std::alloc::System;

use bench::{contenders, documents};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    for (name, text) in documents::all() {
        for contender in contenders::of(name, &text) {
            println!(
                "{}\t{}\t{}\t{}\t{}",
                name,
                contender.name,
                allocations(&contender.decode),
                allocations(&contender.encode),
                contender.fault.unwrap_or_default()
            );
        }
    }
}

/// Counts what is allocated, and what is made longer.
fn allocations(work: &dyn Fn()) -> usize {
    let region = Region::new(ALLOCATOR);
    work();
    let change = region.change();
    change.allocations + change.reallocations
}
