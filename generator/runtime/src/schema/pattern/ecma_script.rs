//! Regular expressions of the ECMAScript dialect, which JSON Schema recommends.
//!
//! For each pattern that is not compiled to runs of characters, an emitted module has a static `LazyLock<Regex>`. Its
//! `Matcher::Engine` is a closure that calls it.

/// A compiled regular expression.
#[derive(Debug, Clone)]
pub struct Regex {
    /// `None` if the source does not compile.
    engine: Option<regress::Regex>,
}

impl Regex {
    /// Compiles `source` with the flag `u`, or without it if that fails. [JSON
    /// Schema](https://json-schema.org/draft/2020-12/json-schema-core#section-6.4) requires the flag, but documents
    /// contain patterns such as `[\w\-]` that it forbids.
    ///
    /// A source that does not compile matches everything, so that it makes no value invalid.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let compile = |flags: &str| regress::Regex::with_flags(source, flags).ok();
        Self {
            engine: compile("u").or_else(|| compile("")),
        }
    }

    /// Returns whether the expression matches somewhere in `text`.
    ///
    /// The engine backtracks, as the dialect requires, without a time limit: `^(a+)+$` takes exponential time on
    /// `aaaa…b`. The document defines the pattern, and JavaScript clients have the same cost.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.engine.as_ref().is_none_or(|engine| engine.find(text).is_some())
    }
}

/// Makes a pattern that is not compiled to runs of characters. The expression is compiled at its first use.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __engine {
    ($source:literal $(,)?) => {
        crate::runtime::codegen::Pattern::of_engine($source, |text| {
            static REGEX: std::sync::LazyLock<crate::runtime::codegen::Regex> =
                std::sync::LazyLock::new(|| crate::runtime::codegen::Regex::new($source));
            REGEX.is_match(text)
        })
    };
}

pub use crate::__engine as engine;
