#!/usr/bin/env bash
# Run once, by the postgres image, when its volume is empty: the database, its owner, the service's login and that of
# the commands that cull. None is a superuser. Passwords are letters and digits (they stand in addresses): `openssl rand -hex 24`.
set -euo pipefail
: "${OWNER_PASSWORD:?}" "${APP_PASSWORD:?}" "${RETENTION_PASSWORD:?}"

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv retention_password RETENTION_PASSWORD
create role patientkontrakt_owner login createrole password :'owner_password';
-- Made by the owner, so that it may put further logins in them.
set session authorization patientkontrakt_owner;
create role patientkontrakt_app nologin;
create role patientkontrakt_jobs nologin;
create role patientkontrakt_retention nologin;
create role patientkontrakt_app_login login password :'app_password';
grant patientkontrakt_app to patientkontrakt_app_login;
create role patientkontrakt_retention_login login password :'retention_password';
grant patientkontrakt_retention to patientkontrakt_retention_login;
reset session authorization;
alter role patientkontrakt_app_login set statement_timeout = '15s';
alter role patientkontrakt_app_login set idle_in_transaction_session_timeout = '15s';
alter role patientkontrakt_app_login set plan_cache_mode = 'force_generic_plan';
create database patientkontrakt owner patientkontrakt_owner encoding 'UTF8' template template0;
SQL
