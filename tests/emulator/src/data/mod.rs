//! Devices and what they reported: synthesized when a file is made, the same each time.

mod aggregation;
mod devices;
mod points;
mod select;

use rusqlite::types::Value;
use rusqlite::{Connection, params};

pub(crate) use self::aggregation::{Aggregation, Bucket};
pub(crate) use self::devices::Device;
pub(crate) use self::points::Point;
pub(crate) use self::select::Selector;
use crate::clock;

/// What the devices stand in. `time` is in milliseconds since 1970.
const SCHEMA: &str = r#"
    CREATE TABLE "devices" (
        "id" TEXT PRIMARY KEY NOT NULL,
        "applicationId" TEXT NOT NULL REFERENCES "applications" ("id"),
        "name" TEXT NOT NULL,
        "deviceClass" TEXT NOT NULL,
        "creationDate" TEXT NOT NULL,
        "lastUpdated" TEXT NOT NULL,
        "deletedAt" TEXT,
        "gatewayId" TEXT,
        "parentId" TEXT,
        "connectionStatus" TEXT NOT NULL,
        "connectedAt" TEXT,
        "disconnectedAt" TEXT
    );
    CREATE TABLE "device_values" ("deviceId" TEXT NOT NULL, "field" TEXT NOT NULL, "value" TEXT NOT NULL);
    CREATE TABLE "device_tags" ("deviceId" TEXT NOT NULL, "key" TEXT NOT NULL, "value" TEXT NOT NULL);
    CREATE TABLE "device_attributes" (
        "deviceId" TEXT NOT NULL,
        "name" TEXT NOT NULL,
        "dataType" TEXT NOT NULL,
        PRIMARY KEY ("deviceId", "name")
    );
    CREATE TABLE "points" (
        "deviceId" TEXT NOT NULL,
        "attribute" TEXT NOT NULL,
        "time" INTEGER NOT NULL,
        "value" NOT NULL,
        PRIMARY KEY ("deviceId", "attribute", "time")
    ) WITHOUT ROWID;
"#;

/// A day, in milliseconds: how far back the reports go.
pub(crate) const DAY: i64 = 24 * HOUR;
const HOUR: i64 = 60 * MINUTE;
const MINUTE: i64 = 60_000;

/// A device to make up.
struct Seed {
    id: &'static str,
    name: &'static str,
    class: &'static str,
    status: &'static str,
    tags: &'static [(&'static str, &'static str)],
}

/// The devices. All but the first report through the first.
const DEVICES: [Seed; 4] = [
    Seed {
        id: "575ecf887ae143cd83dc4aa2",
        name: "Gateway",
        class: "gateway",
        status: "connected",
        tags: &[("floor", "1"), ("building", "north")],
    },
    Seed {
        id: "575ef5c97ae143cd83dc4aac",
        name: "Freezer",
        class: "peripheral",
        status: "connected",
        tags: &[("floor", "8"), ("building", "north")],
    },
    Seed {
        id: "575ef5c97ae143cd83dc4aad",
        name: "Oven",
        class: "peripheral",
        status: "disconnected",
        tags: &[("floor", "8"), ("building", "south"), ("building", "annex")],
    },
    Seed {
        id: "575ef5c97ae143cd83dc4aae",
        name: "Spare",
        class: "peripheral",
        status: "notConnected",
        tags: &[],
    },
];

/// The attributes of every device: name, type, and how often it is reported, in milliseconds.
const ATTRIBUTES: [(&str, &str, i64); 3] = [
    ("voltage", "number", 10 * MINUTE),
    ("status", "string", 2 * HOUR),
    ("open", "boolean", HOUR),
];

/// Writes the devices of an application, and what all but the last of them reported on the day before `now`.
pub(crate) fn seed(connection: &Connection, application: &str, now: i64) -> rusqlite::Result<()> {
    connection.execute_batch(SCHEMA)?;
    for (number, device) in (0..).zip(&DEVICES) {
        device.write(connection, application, now)?;
        if device.status != "notConnected" {
            device.report(connection, number, now)?;
        }
    }
    Ok(())
}

impl Seed {
    fn write(&self, connection: &Connection, application: &str, now: i64) -> rusqlite::Result<()> {
        let Self {
            id,
            name,
            class,
            status,
            tags,
        } = self;
        let (gateway, day) = (DEVICES[0].id, clock::date(now - DAY));
        let gateway = Some(gateway).filter(|gateway| gateway != id);
        let connected = Some(&day).filter(|_| *status != "notConnected");
        let disconnected = Some(clock::date(now - HOUR)).filter(|_| *status == "disconnected");
        connection.execute(
            r#"INSERT INTO "devices" VALUES (?, ?, ?, ?, ?, ?, NULL, ?, NULL, ?, ?, ?)"#,
            params![
                id,
                application,
                name,
                class,
                day,
                day,
                gateway,
                status,
                connected,
                disconnected
            ],
        )?;
        for (key, value) in *tags {
            connection.execute(r#"INSERT INTO "device_tags" VALUES (?, ?, ?)"#, [id, key, value])?;
        }
        for (attribute, data_type, _) in ATTRIBUTES {
            let sql = r#"INSERT INTO "device_attributes" VALUES (?, ?, ?)"#;
            connection.execute(sql, [id, attribute, data_type])?;
        }
        Ok(())
    }

    /// Writes what the device, the one of this number, reported.
    fn report(&self, connection: &Connection, number: i64, now: i64) -> rusqlite::Result<()> {
        let mut report = connection.prepare(r#"INSERT INTO "points" VALUES (?, ?, ?, ?)"#)?;
        for (attribute, _, every) in ATTRIBUTES {
            for step in 0..DAY / every {
                let time = now - DAY + step * every;
                let value: Value = match attribute {
                    "voltage" => voltage(number, step).into(),
                    "status" => status(number, step).to_owned().into(),
                    _ => ((step + number) % 3 == 0).into(),
                };
                report.execute(params![self.id, attribute, time, value])?;
            }
        }
        Ok(())
    }
}

/// Returns a voltage of 10 to 14 in steps of a tenth.
fn voltage(device: i64, step: i64) -> f64 {
    let tenths = (step * 7 + device * 13) % 41;
    // Never more than 41, so nothing is lost.
    10.0 + f64::from(u8::try_from(tenths).unwrap_or_default()) / 10.0
}

fn status(device: i64, step: i64) -> &'static str {
    ["ok", "warm", "ok", "fault"][usize::try_from((device + step) % 4).unwrap_or_default()]
}
