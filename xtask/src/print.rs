//! Writing to the terminal.
//!
//! Whoever reads the output may stop to, as `head` does. `println!` panics then; these macros go on, so that the work
//! is done and the exit status says what came of it.

/// Writes a line to the standard output.
macro_rules! print_line {
    ($($argument:tt)*) => {{
        use std::io::Write as _;
        // A closed pipe is nobody's fault.
        let _ = writeln!(std::io::stdout(), $($argument)*);
    }};
}

/// Writes a line to the standard error.
macro_rules! error_line {
    ($($argument:tt)*) => {{
        use std::io::Write as _;
        // A closed pipe is nobody's fault.
        let _ = writeln!(std::io::stderr(), $($argument)*);
    }};
}
