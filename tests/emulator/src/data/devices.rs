//! Devices, as the data operations see them.

use rusqlite::params_from_iter;

use crate::failure::Failure;
use crate::filter::Condition;
use crate::store::{DataType, Session};

/// A device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Device {
    /// Its id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Its tags, in order of key and value.
    pub(crate) tags: Vec<Tag>,
    /// What it reports: names and types, in order of names.
    pub(crate) attributes: Vec<(String, DataType)>,
}

/// A tag of a device, which may have several of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// The key.
    pub(crate) key: String,
    /// The value.
    pub(crate) value: String,
}

impl Session<'_> {
    /// Returns the devices of an application that meet a condition, in the order of their ids.
    pub(crate) fn devices(&self, application: &str, condition: &Condition) -> Result<Vec<Device>, Failure> {
        let sql = format!(
            r#"SELECT "id", "name" FROM "devices" WHERE {} AND "applicationId" = ? ORDER BY "id""#,
            condition.sql
        );
        let mut values = condition.values.clone();
        values.push(application.to_owned().into());
        let mut statement = self.sql.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let found: Vec<(String, String)> = found.collect::<Result<_, _>>()?;
        let device = |(id, name): (String, String)| {
            Ok(Device {
                tags: self.tags(&id)?,
                attributes: self.attributes(&id)?,
                id,
                name,
            })
        };
        found.into_iter().map(device).collect()
    }

    fn tags(&self, device: &str) -> Result<Vec<Tag>, Failure> {
        let sql = r#"SELECT "key", "value" FROM "device_tags" WHERE "deviceId" = ? ORDER BY "key", "value""#;
        let mut statement = self.sql.prepare_cached(sql)?;
        let tags = statement.query_map([device], |row| {
            Ok(Tag {
                key: row.get(0)?,
                value: row.get(1)?,
            })
        })?;
        Ok(tags.collect::<Result<_, _>>()?)
    }

    fn attributes(&self, device: &str) -> Result<Vec<(String, DataType)>, Failure> {
        let sql = r#"SELECT "name", "dataType" FROM "device_attributes" WHERE "deviceId" = ? ORDER BY "name""#;
        let mut statement = self.sql.prepare_cached(sql)?;
        let attributes = statement.query_map([device], |row| {
            let data_type: String = row.get(1)?;
            Ok((row.get(0)?, DataType::named(&data_type)))
        })?;
        Ok(attributes.collect::<Result<_, _>>()?)
    }
}
