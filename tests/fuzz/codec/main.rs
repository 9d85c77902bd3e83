//! Arbitrary bytes, read as every type of the product.
//!
//! The first byte chooses the type, the others are the text. Nothing may panic or hang; a
//! type reads again what it wrote; and the memory that reading takes is bounded by the
//! length of the text.

#![no_main]

mod entry;
mod memory;
mod types;

use libfuzzer_sys::fuzz_target;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;

fuzz_target!(|input: &[u8]| {
    if let Some((&choice, text)) = input.split_first() {
        let entry = &types::TYPES[usize::from(choice) % types::TYPES.len()];
        (entry.attempt)(entry.name, text);
        entry::free_form(text);
    }
});
