//! Counts what everybody allocates, and says who refuses a document or loses a part of it.
//!
//! It prints one line for each, with tabs between: what is done, who does it,
//! the allocations, and the fault, if there is one.

#![allow(clippy::print_stdout, reason = "a command speaks to its user")]

use std::alloc::System;
use std::error::Error;

use bench::{calls, contenders, documents, maps};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many calls are counted; a figure is the mean.
const CALLS: u16 = 160;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let documents = documents::all();
    for direction in ["decode", "encode"] {
        for (name, text) in &documents {
            for contender in contenders::of(name, text) {
                let work = if direction == "decode" {
                    &contender.decode
                } else {
                    &contender.encode
                };
                let fault = contender.fault.unwrap_or_default();
                println!("{direction}-{name}\t{}\t{}\t{fault}", contender.name, allocations(work));
            }
        }
    }
    for (name, everybody) in maps::all() {
        for mut contender in everybody {
            println!("{name}\t{}\t{}\t", contender.name, allocations(&mut contender.run));
        }
    }
    for (name, everybody) in calls::all()? {
        for contender in everybody {
            // What a connection takes is no part of a call.
            (contender.run)(CALLS.into());
            let count = allocations(|| (contender.run)(CALLS.into()));
            println!("calls-{name}\t{}\t{}\t", contender.name, count / usize::from(CALLS));
        }
    }
    Ok(())
}

/// Counts what is allocated, and what is made longer.
fn allocations(mut work: impl FnMut()) -> usize {
    let region = Region::new(ALLOCATOR);
    work();
    let change = region.change();
    change.allocations + change.reallocations
}
