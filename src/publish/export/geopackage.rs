//! `GeoPackage` 1.3: every layer and table in one file, with styles for QGIS.

use geo::{BoundingRect, Geometry};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::prepare::{Prepared, System};
use super::{ExportError, style};
use crate::read::CellKind;
use crate::space::SystemDescription;

/// “GP10” and the version 1.3, as the header of the file says them.
const APPLICATION: i64 = 0x4750_4B47;
const VERSION: i64 = 10_300;

/// When every layer was last changed: the same input gives the same bytes.
const MOMENT: &str = "2000-01-01T00:00:00.000Z";

/// Numbers from here on are free for systems that are in no register.
const FIRST_OWN_SYSTEM: i64 = 100_000;

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
";

const STYLES: &str = "
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT, ui TEXT, update_time DATETIME);
INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id)
  VALUES ('layer_styles', 'attributes', 'layer_styles', '2000-01-01T00:00:00.000Z', 0);
";

pub(super) fn write(layers: &[Prepared<'_>]) -> Result<Vec<u8>, ExportError> {
    let Some(first) = layers.first() else { return Ok(Vec::new()) };
    fill(layers).map_err(|fault| ExportError::library(first.table, &fault))
}

fn fill(layers: &[Prepared<'_>]) -> rusqlite::Result<Vec<u8>> {
    let mut database = Connection::open_in_memory()?;
    database.pragma_update(None, "application_id", APPLICATION)?;
    database.pragma_update(None, "user_version", VERSION)?;
    database.execute_batch(TABLES)?;
    let work = database.transaction()?;
    put_system(&work, i64::from(SystemDescription::WGS84.code), &System::Described(SystemDescription::WGS84))?;
    let mut own = FIRST_OWN_SYSTEM;
    let mut styled = false;
    for layer in layers {
        let number = match &layer.system {
            System::Unknown => -1,
            System::Described(system) => i64::from(system.code),
            System::Text(_) => {
                own += 1;
                own
            }
        };
        put_system(&work, number, &layer.system)?;
        put_layer(&work, layer, number)?;
        if let Some(qml) = style::of(layer) {
            if !styled {
                work.execute_batch(STYLES)?;
                styled = true;
            }
            work.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, \
                 styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) \
                 VALUES ('', '', ?1, 'geom', ?1, ?2, '', 1, '', '', NULL, ?3)",
                params![layer.name, qml, MOMENT],
            )?;
        }
    }
    work.commit()?;
    database.execute_batch("VACUUM")?;
    Ok(database.serialize("main")?.to_vec())
}

fn put_system(database: &Connection, number: i64, system: &System) -> rusqlite::Result<()> {
    let (name, organization, code, definition) = match system {
        System::Unknown => return Ok(()),
        System::Described(system) => (system.name(), "EPSG", number, system.wkt()),
        System::Text(text) => (text.split('"').nth(1).unwrap_or("WKT").to_owned(), "NONE", number, text.clone()),
    };
    let insert = "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, NULL)";
    database.execute(insert, params![name, number, organization, code, definition]).map(|_| ())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn put_layer(database: &Connection, layer: &Prepared<'_>, system: i64) -> rusqlite::Result<()> {
    let has_shapes = !layer.shapes.is_empty();
    let name_of = |name: &str| match name.to_lowercase().as_str() {
        // The names the layer gives to its own two columns.
        "fid" | "geom" => format!("{name}_"),
        _ => name.to_owned(),
    };
    let mut definition = vec!["\"fid\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned()];
    if has_shapes {
        definition.push(format!("\"geom\" {}", kind(layer)));
    }
    for column in &layer.columns {
        let kind = match column.kind {
            CellKind::Text => "TEXT",
            CellKind::Integer => "INTEGER",
            CellKind::Real => "REAL",
            CellKind::Boolean => "BOOLEAN",
        };
        definition.push(format!("{} {kind}", quoted(&name_of(&column.name))));
    }
    let table = quoted(layer.name);
    database.execute_batch(&format!("CREATE TABLE {table} ({})", definition.join(", ")))?;
    let all =
        layer.shapes.iter().flatten().filter_map(corners).reduce(|one, other| {
            [one[0].min(other[0]), one[1].min(other[1]), one[2].max(other[2]), one[3].max(other[3])]
        });
    let corner = |position: usize| all.map(|all| all[position]);
    let kind_of_data = if has_shapes { "features" } else { "attributes" };
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?1, ?2, ?1, '', ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            layer.name,
            kind_of_data,
            MOMENT,
            corner(0),
            corner(1),
            corner(2),
            corner(3),
            has_shapes.then_some(system)
        ],
    )?;
    if has_shapes {
        database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
            params![layer.name, kind(layer), system],
        )?;
    }
    let places = 1 + usize::from(has_shapes) + layer.columns.len();
    let insert = format!("INSERT INTO {table} VALUES ({})", vec!["?"; places].join(", "));
    let mut insert = database.prepare(&insert)?;
    for row in layer.rows() {
        let mut values = vec![Value::Integer(row as i64 + 1)];
        if has_shapes {
            values.push(layer.shape(row).map_or(Value::Null, |shape| Value::Blob(blob(shape, system))));
        }
        for column in &layer.columns {
            let cell = layer.cell(row, column);
            values.push(match column.kind {
                _ if cell.is_empty() => Value::Null,
                CellKind::Integer => Value::Integer(cell.parse().unwrap_or_default()),
                CellKind::Real => Value::Real(cell.parse().unwrap_or_default()),
                CellKind::Boolean => Value::Integer(i64::from(cell == "true")),
                CellKind::Text => Value::Text(cell.to_owned()),
            });
        }
        insert.execute(rusqlite::params_from_iter(values))?;
    }
    Ok(())
}

/// One name for all shapes of the layer.
fn kind(layer: &Prepared<'_>) -> &'static str {
    let of_one = |shape: &Geometry<f64>| match shape {
        Geometry::Point(_) => "POINT",
        Geometry::LineString(_) | Geometry::MultiLineString(_) => "MULTILINESTRING",
        _ => "MULTIPOLYGON",
    };
    let mut kinds = layer.shapes.iter().flatten().map(of_one);
    match kinds.next() {
        Some(first) if kinds.all(|kind| kind == first) => first,
        _ => "GEOMETRY",
    }
}

fn corners(shape: &Geometry<f64>) -> Option<[f64; 4]> {
    shape.bounding_rect().map(|own| [own.min().x, own.min().y, own.max().x, own.max().y])
}

/// A header with the box around the shape, then well-known binary, in as many parts as the layer has.
fn blob(shape: &Geometry<f64>, system: i64) -> Vec<u8> {
    let several = match shape {
        Geometry::Polygon(polygon) => Geometry::MultiPolygon(geo::MultiPolygon::new(vec![polygon.clone()])),
        Geometry::LineString(line) => Geometry::MultiLineString(geo::MultiLineString::new(vec![line.clone()])),
        other => other.clone(),
    };
    let mut bytes = vec![b'G', b'P', 0, 0b0000_0011];
    bytes.extend((system as i32).to_le_bytes());
    let [left, bottom, right, top] = corners(shape).unwrap_or([f64::NAN; 4]);
    bytes.extend([left, right, bottom, top].iter().flat_map(|number| number.to_le_bytes()));
    wkb::writer::write_geometry(&mut bytes, &several, &wkb::writer::WriteOptions::default())
        .expect("bytes in memory take any shape");
    bytes
}
