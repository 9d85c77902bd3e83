//! What the emitted crates say of a value.

/// A row of the table: a schema that has a type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// The name of the case, or of the product.
    pub(crate) document: &'static str,
    /// Where the document has the schema.
    pub(crate) pointer: &'static str,
    /// Validates JSON text by the type.
    pub(crate) validate: fn(&str) -> Reading,
}

/// What became of a text that was read as a type.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The value, written again, where it could be read.
    pub(crate) written: Option<String>,
    /// Why it could not be read, or what of it breaks the schema.
    pub(crate) faults: Vec<Fault>,
}

impl Reading {
    /// Returns whether the text is valid by the schema.
    pub(crate) fn is_valid(&self) -> bool {
        self.faults.is_empty()
    }
}

/// What is wrong with a value.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// Where, as a JSON Pointer.
    pub(crate) pointer: String,
    /// The keyword that does not hold; `decode` where the type cannot hold the value.
    pub(crate) keyword: &'static str,
    /// What was expected and what was found.
    pub(crate) message: String,
    /// What the subschemas of a union say.
    pub(crate) subschemas: Vec<Vec<Fault>>,
}

impl Fault {
    /// Returns whether the fault, or one in the reasons of its subschemas, names `pointer`.
    pub(crate) fn names(&self, pointer: &str) -> bool {
        self.pointer == pointer || self.subschemas.iter().flatten().any(|fault| fault.names(pointer))
    }
}

/// Validates by the types that share a runtime.
macro_rules! validators {
    ($name:ident, $runtime:path, $words:literal) => {
        #[doc = $words]
        pub(crate) mod $name {
            use super::{Fault, Reading};
            use $runtime as runtime;

            /// Reads `text` as a `T`, and asks the value what is wrong with it.
            pub(crate) fn validate<T>(text: &str) -> Reading
            where
                T: runtime::Decode + runtime::Encode + runtime::HasSchema,
            {
                match runtime::from_slice::<T>(text.as_bytes()) {
                    Ok(value) => Reading {
                        written: Some(runtime::to_string(&value)),
                        faults: value.validate().into_iter().map(fault).collect(),
                    },
                    Err(error) => Reading {
                        written: None,
                        faults: vec![Fault {
                            pointer: error.pointer().to_owned(),
                            keyword: "decode",
                            message: error.to_string(),
                            subschemas: Vec::new(),
                        }],
                    },
                }
            }

            fn fault(violation: runtime::Violation) -> Fault {
                let subschemas = violation.subschemas.into_iter();
                Fault {
                    pointer: violation.pointer,
                    keyword: violation.keyword,
                    message: violation.message,
                    subschemas: subschemas
                        .map(|subschema| subschema.into_iter().map(fault).collect())
                        .collect(),
                }
            }
        }
    };
}

validators!(
    shared,
    apicrate_runtime,
    "The types of the cases, which share the runtime."
);
validators!(
    copied,
    losant_data::runtime,
    "The types of the product, which has a runtime of its own."
);
