//! Where messages go.

use std::fmt::Display;
use std::io::Write;

/// The two streams that messages go to.
///
/// Whoever reads them may stop to, as `head` does. `println!` panics then; here the work goes on, and the result says
/// what came of it.
pub struct Console<'streams> {
    out: &'streams mut dyn Write,
    err: &'streams mut dyn Write,
}

impl<'streams> Console<'streams> {
    /// Writes to these streams.
    pub fn new(out: &'streams mut dyn Write, err: &'streams mut dyn Write) -> Self {
        Self { out, err }
    }

    /// Writes a line to the standard output.
    pub fn out(&mut self, line: impl Display) {
        // A closed pipe is nobody's fault.
        let _ = writeln!(self.out, "{line}");
    }

    /// Writes a line to the standard error.
    pub fn err(&mut self, line: impl Display) {
        // A closed pipe is nobody's fault.
        let _ = writeln!(self.err, "{line}");
    }
}
