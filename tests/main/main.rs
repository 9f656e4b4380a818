//! What the program must do, asked of it from outside.

mod bounds;
mod catchments;
mod cli;
mod command;
mod demo;
mod distances;
mod districts;
mod faults;
mod fixture;
mod formats;
mod groups;
mod language;
mod policies;
mod pools;
mod publish;
mod readers;
mod review;
mod rooms;
mod scale;
mod shared_data;
mod shortage;
mod space;
mod tamper;
mod terms;
