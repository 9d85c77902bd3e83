//! Structure-aware fuzzing of the generator: `cargo xtask fuzz-documents`.
//!
//! An input is made from the documents of the golden cases by a seed and a run number alone, so both
//! reproduce it. It is checked in a child process under limits ([`supervise`]), since a stack overflow
//! and a failed allocation end a process. The parent reads which run the child was at, makes the
//! same input again, minimises it, and writes it to a folder.

pub mod check;
pub mod corpus;
pub mod excerpt;
pub mod hostile;
pub mod identifiers;
pub mod input;
pub mod minimise;
pub mod mutate;
pub mod print;
pub mod random;
pub mod reference;
pub mod run;
pub mod supervise;
pub mod text;
pub mod tree;
