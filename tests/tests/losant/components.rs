//! The components of the document, each with its type.

use losant_data::runtime::{Decode, DecodeError, Encode, HasSchema, Violation, from_str, to_string};
use losant_data::schemas;

/// What became of a payload that was read as a component.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The value, written again.
    pub(crate) written: String,
    /// What of it breaks the component's schema.
    pub(crate) violations: Vec<Violation>,
}

/// A component of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Component {
    /// The name in the document.
    pub(crate) name: &'static str,
    /// Reads a payload as the component's type.
    pub(crate) read: fn(&str) -> Result<Reading, DecodeError>,
}

/// Those that the document itself contains, in its order of names.
pub(crate) const COMPONENTS: [Component; 23] = [
    component::<schemas::AdvancedDeviceQuery>("advancedDeviceQuery"),
    component::<schemas::AdvancedQuery>("advancedQuery"),
    component::<schemas::DataTable>("dataTable"),
    component::<schemas::DataTableColumn>("dataTableColumn"),
    component::<schemas::DataTablePatch>("dataTablePatch"),
    component::<schemas::DataTablePost>("dataTablePost"),
    component::<schemas::DataTableRow>("dataTableRow"),
    component::<schemas::DataTableRowInMultiple>("dataTableRowInMultiple"),
    component::<schemas::DataTableRowInsert>("dataTableRowInsert"),
    component::<schemas::DataTableRowInsertResult>("dataTableRowInsertResult"),
    component::<schemas::DataTableRowInsertUpdate>("dataTableRowInsertUpdate"),
    component::<schemas::DataTableRows>("dataTableRows"),
    component::<schemas::DataTableRowsDelete>("dataTableRowsDelete"),
    component::<schemas::DataTableRowsExport>("dataTableRowsExport"),
    component::<schemas::DataTables>("dataTables"),
    component::<schemas::DevicesDataExport>("devicesDataExport"),
    component::<schemas::Error>("error"),
    component::<schemas::JobEnqueuedResult>("jobEnqueuedResult"),
    component::<schemas::LastValueData>("lastValueData"),
    component::<schemas::LastValueQuery>("lastValueQuery"),
    component::<schemas::Success>("success"),
    component::<schemas::TimeSeriesData>("timeSeriesData"),
    component::<schemas::TimeSeriesQuery>("timeSeriesQuery"),
];

const fn component<T: Decode + Encode + HasSchema>(name: &'static str) -> Component {
    Component { name, read: read::<T> }
}

fn read<T: Decode + Encode + HasSchema>(text: &str) -> Result<Reading, DecodeError> {
    let value: T = from_str(text)?;
    Ok(Reading {
        written: to_string(&value),
        violations: value.validate(),
    })
}

/// Returns the component that the document calls `name`.
pub(crate) fn named(name: &str) -> Component {
    let found = COMPONENTS.iter().find(|component| component.name == name);
    *found.unwrap_or_else(|| panic!("the document has no component {name}"))
}
