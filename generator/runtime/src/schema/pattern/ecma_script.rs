//! Regular expressions of the ECMAScript dialect, which JSON Schema asks for.
//!
//! For each pattern that is no plain run of characters an emitted module keeps a
//! static `LazyLock<Regex>`, and its `Matcher::Engine` is a closure that asks it.

/// A compiled regular expression.
#[derive(Debug, Clone)]
pub struct Regex {
    /// `None` where the source does not compile.
    engine: Option<regress::Regex>,
}

impl Regex {
    /// Compiles `source`, with the flag `u` where it compiles so and without it otherwise:
    /// [JSON Schema](https://json-schema.org/draft/2020-12/json-schema-core#section-6.4)
    /// asks for the flag, and documents hold patterns such as `[\w\-]` that it forbids.
    ///
    /// A source that compiles neither way matches everything: what the document
    /// does not say cannot be held against a value.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let compile = |flags: &str| regress::Regex::with_flags(source, flags).ok();
        Self {
            engine: compile("u").or_else(|| compile("")),
        }
    }

    /// Returns whether the expression matches somewhere in `text`.
    ///
    /// The engine backtracks, as the dialect makes it, without a bound on time:
    /// `^(a+)+$` takes exponential time on `aaaa…b`. It is the document that
    /// chooses the expression, and JavaScript clients suffer the same.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.engine.as_ref().is_none_or(|engine| engine.find(text).is_some())
    }
}

/// Makes a pattern that is no plain run of characters; the
/// expression is compiled once, when it is first asked.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __engine {
    ($source:literal) => {
        crate::runtime::codegen::Pattern::of_engine($source, |text| {
            static REGEX: std::sync::LazyLock<crate::runtime::codegen::Regex> =
                std::sync::LazyLock::new(|| crate::runtime::codegen::Regex::new($source));
            REGEX.is_match(text)
        })
    };
}

pub use crate::__engine as engine;
