#!/bin/sh
# First start: make the data directory, the accounts and the database. Every start: run the server.
set -eu

data=/var/lib/mysql
case "${1:-}" in -*) set -- mariadbd "$@" ;; esac

if [ "$(id -u)" = 0 ]; then
    mkdir -p "$data" /run/mysqld
    chown mysql:mysql "$data" /run/mysqld
    exec setpriv --reuid=mysql --regid=mysql --init-groups "$0" "$@"
fi

text() { printf "'%s'" "$(printf '%s' "$1" | sed "s/[\\\\']/\\\\&/g")"; }

if [ "$1" = mariadbd ] && [ ! -d "$data/mysql" ]; then
    : "${MYSQL_ROOT_PASSWORD:?MYSQL_ROOT_PASSWORD must be set}"
    mariadb-install-db --no-defaults --datadir="$data" --skip-test-db \
        --auth-root-authentication-method=normal --innodb-flush-log-at-trx-commit=0
    umask 077
    {
        echo "CREATE USER 'root'@'%' IDENTIFIED BY $(text "$MYSQL_ROOT_PASSWORD");"
        echo "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;"
        echo "ALTER USER 'root'@'localhost' IDENTIFIED BY $(text "$MYSQL_ROOT_PASSWORD");"
        if [ -n "${MYSQL_DATABASE:-}" ]; then
            echo "CREATE DATABASE IF NOT EXISTS \`$MYSQL_DATABASE\`;"
        fi
        if [ -n "${MYSQL_USER:-}" ]; then
            echo "CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY $(text "${MYSQL_PASSWORD:-}");"
            echo "GRANT ALL ON \`${MYSQL_DATABASE:-$MYSQL_USER}\`.* TO '$MYSQL_USER'@'%';"
        fi
    } > /run/mysqld/first-start.sql
    set -- "$@" --init-file=/run/mysqld/first-start.sql
    # The official image first runs a temporary server, and testcontainers waits for two of these
    # lines; here the accounts are made as the one server starts, so this is the first.
    echo "[Entrypoint] data directory made: ready for connections once the server is up"
fi

# Debian has moved these two between releases.
if [ "$1" = mariadbd ]; then
    shift
    set -- mariadbd --datadir="$data" --socket=/run/mysqld/mysqld.sock "$@"
fi

exec "$@"
