# shellcheck shell=sh
# Functions for scripts that need a bare Debian, which source this file as root, from the checkout's top, with their own
# arguments as they were: mmdebstrap builds it in $root, in which a command runs in namespaces of its own. They set $suite, $user (who works in there),
# $more (further Debian packages, joined by commas) and $arch, this machine's architecture unless said otherwise: the
# other one is emulated. Nothing is left when they end.

begun=$(date +%s)
name=script/$(basename "$0")
: "${suite:?}" "${user:?}" "${more=}" "${arch:=$(dpkg --print-architecture)}"

say() {
    echo "$name, $(($(date +%s) - begun)) s: $*"
}

stop() {
    echo "$name: $1" >&2
    exit 1
}

[ "$(id -u)" -eq 0 ] || stop "run it as root: it builds a system and changes into it."
command -v mmdebstrap >/dev/null || stop "mmdebstrap is missing: apt-get install mmdebstrap"
# What it needs of the kernel; a container may forbid it.
unshare --mount --pid --net --fork --kill-child sh -c \
    'mount -t tmpfs tmpfs /mnt && mkdir /mnt/proc && mount -t proc proc /mnt/proc && mount --rbind /dev /mnt' ||
    stop "this machine lets root make no namespaces and mounts of its own (the line above says what it refused). \
In a container: start it privileged, or with CAP_SYS_ADMIN and without its seccomp profile."
[ "$(df --output=avail --block-size=G /var/tmp | tail -n 1 | tr -dc 0-9)" -ge 6 ] ||
    stop "6 GB must be free in /var/tmp; there is $(df --output=avail --human-readable /var/tmp | tail -n 1)."

# The outer script's: control groups can be removed when all in them has ended, the inner ones first.
end() {
    # unshare waits for the first process, and that one's end is the end of all.
    first=$(cat "/proc/$whole/task/$whole/children" 2>/dev/null) || true
    kill -KILL ${first:-"$whole"} 2>/dev/null || true
    wait "$whole" || true
    group=$(control_groups)/$(basename "$root")
    [ ! -d "$group" ] || until find "$group" -depth -type d -exec rmdir {} + 2>/dev/null; do sleep 0.2; done
    rm -rf --one-file-system "$root" "$root.apt"
}

control_groups() {
    findmnt --noheadings --first-only --types cgroup2 --output TARGET
}

# The script runs once more, as the first process of namespaces of its own: nothing that it starts outlives it, however it
# ends. The folder outlives a SIGKILL alone, and is deleted by the next of these scripts.
if [ -z "${RADHAUS_BARE-}" ]; then
    exec 9</var/tmp
    flock 9
    for root in /var/tmp/radhaus-debian.*; do
        [ ! -d "$root" ] || flock --nonblock "$root" rm -rf --one-file-system "$root" "$root.apt" || true
    done
    root=$(mktemp -d /var/tmp/radhaus-debian.XXXXXX)
    exec 8<"$root"
    flock 8
    exec 9<&-
    case $0 in /*) again=$0 ;; *) again=$OLDPWD/$0 ;; esac
    trap end EXIT
    trap 'exit 1' HUP INT TERM
    RADHAUS_BARE=$root setpriv --pdeathsig KILL unshare --mount-proc --pid --fork --kill-child sh "$again" "$@" &
    whole=$!
    wait $whole
    exit
fi
root=$RADHAUS_BARE
unset RADHAUS_BARE # a script that this one calls has a folder of its own

# Programs of another architecture run by QEMU, which is registered in a user namespace of this script alone: it maps
# every user to itself, and ends with the script, however that ends. What runs them is put before a command.
emulated=
emulate() {
    case $arch in amd64) machine=x86_64 ;; arm64) machine=aarch64 ;; esac
    format=/usr/lib/binfmt.d/qemu-$machine.conf
    [ -r "$format" ] || stop "$arch is emulated here, by programs that are missing: apt-get install qemu-user-static \
(Debian 12) or qemu-user-binfmt (Debian 13)."
    unshare --user --mount sleep infinity &
    holder=$!
    until [ "$(cat /proc/$holder/comm 2>/dev/null)" = sleep ]; do
        kill -0 $holder 2>/dev/null || stop "this machine lets root make no user namespace (the line above says why)."
        sleep 0.1
    done
    for map in uid_map gid_map; do echo "0 0 4294967295" >/proc/$holder/$map; done
    # Who may mount /proc needs processes of its own.
    emulated="nsenter --user --mount --target $holder unshare --pid --fork --kill-child"
    formats=/proc/sys/fs/binfmt_misc
    $emulated mount -t binfmt_misc binfmt_misc $formats &&
        $emulated cp --no-preserve=all "$format" $formats/register || stop "this kernel lets no namespace register an emulator of its own: that needs Linux 6.7."
}
[ "$arch" = "$(dpkg --print-architecture)" ] || emulate

# Of the commit that is checked out, in a format of git log.
commit() {
    git -c safe.directory='*' log -1 --format="$1"
}

# Its package, for $suite.
package_version() {
    case $suite in bookworm) release=deb12 ;; trixie) release=deb13 ;; esac
    echo "$(sed -n 's/^__version__ = "\(.*\)"/\1/p' kiosk/__init__.py)+$(date --utc --date="@$(commit %ct)" +%Y%m%d.%H%M%S)-1~$release"
}

# How this machine reaches mirrors, by variables: proxies, certificates, indexes of pip and uv.
carried=$(env | sed -n 's/^\(PIP_[A-Z_]*\|UV_[A-Z_]*\|[a-z]*_proxy\|[A-Z]*_PROXY\|SSL_CERT_FILE\|SSL_CERT_DIR\)=.*/\1/p' |
    grep -v _CACHE_DIR | paste -s -d ,)

# The mirror this machine uses, and the one of the security updates; without one mmdebstrap takes its own of both.
mirror_of() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' |
        sed 's,/$,,' | grep "/$1\$" | head -n 1
}
mirror=$(mirror_of debian)
security=$(mirror_of debian-security)
case $mirror in https:*) more=${more:+$more,}ca-certificates ;; esac

# apt's settings of the network, with the proxies that sudo would forget.
apt_settings() {
    apt-config dump | grep -E '^Acquire::(https?|ftp|Check-|Force|Max-|Retries)' || true
    for scheme in http https; do
        proxy=$(printenv "${scheme}_proxy") && echo "Acquire::$scheme::Proxy \"$proxy\";" || true
    done
}

# Of $arch, or of the architectures that are named, of which the first is its own.
bare_system() {
    debian "$root" "${1:-$arch}" ${more:+--include="$more"}
}

# A minimal $suite in a folder, for architectures; further arguments go to mmdebstrap.
debian() {
    folder=$1 architectures=$2
    shift 2
    apt_settings >"$root.apt"
    # It would ask for an emulator that the whole machine has, and mount what the namespace may not.
    $emulated mmdebstrap --quiet --variant=minbase --architectures="$architectures" \
        ${emulated:+--skip=check/qemu,chroot/mount/sys} --dpkgopt=force-unsafe-io --aptopt="$root.apt" "$@" \
        "$suite" "$folder" ${mirror:+"deb $mirror $suite main" "deb $mirror $suite-updates main" \
        "deb ${security:-$mirror-security} $suite-security main"} ||
        stop "mmdebstrap could not build $suite; its own words stand above."
}

# This machine's way to mirrors, by files. A network may have a certificate authority of its own.
connect() {
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    for file in /usr/local/share/ca-certificates /etc/pip.conf /etc/uv; do
        [ ! -e "$file" ] || cp --parents --recursive --dereference "$file" "$root"
    done
    [ ! -e "$root/usr/sbin/update-ca-certificates" ] || $emulated chroot "$root" update-ca-certificates >/dev/null
    home=$($emulated chroot "$root" sh -c "echo ~$user")
    for file in .config/pip .config/uv .pip; do
        [ ! -e "$HOME/$file" ] || (cd "$HOME" && cp --parents --recursive --dereference "$file" "$root$home")
    done
    $emulated chroot "$root" chown --recursive "$user:" "$home"
}

checkout() {
    git -c safe.directory='*' archive --prefix=srv/radhaus/ HEAD | tar --extract --directory "$root"
    $emulated chroot "$root" chown --recursive "$user:" /srv/radhaus
}

# Takes the command and further flags for unshare. Mounts and processes end with it.
inside() {
    command=$1
    shift
    $emulated unshare --mount --pid --fork --kill-child "$@" sh -eu -c '
        root=$1 user=$2 carried=$3 command=$4
        # A root that is no mount cannot be told how mounts spread: ip netns exec does so.
        mount --bind "$root" "$root"
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount -t tmpfs tmpfs "$root/dev/shm"
        mount -t tmpfs tmpfs "$root/tmp"
        # packages that lie in a folder of this machine, where pip is told to look for them
        for folder in $(cat "$root/etc/pip.conf" 2>/dev/null | tr " =" "\n\n" | sed "s,^file://,,") ${PIP_FIND_LINKS-}; do
            case $folder in /etc/*) continue ;; /*) [ -d "$folder" ] || continue ;; *) continue ;; esac
            mkdir -p "$root$folder"
            mount --bind -o ro "$folder" "$root$folder"
        done
        # In a network of its own it is down.
        ! command -v ip >/dev/null || [ -n "$(ip link show dev lo up)" ] || ip link set lo up
        exec chroot "$root" su --login "$user" ${carried:+--whitelist-environment="$carried"} \
            --command "cd /srv/radhaus || exit; $command"
    ' sh "$root" "$user" "$carried" "$command"
}


# Boots it: systemd becomes process 1 in namespaces and a control group of its own. Needs systemd-sysv in $more.
boot() {
    groups=$(control_groups) ||
        stop "this machine has no control groups of version 2 mounted: systemd needs them."
    group=$groups/$(basename "$root")
    mkdir "$group"
    # shellcheck disable=SC2016 # the inner shells expand
    sh -euc 'echo $$ >"$1/cgroup.procs"
        exec unshare --mount --pid --fork --kill-child --cgroup --ipc --uts sh -euc "$3" sh "$2"' \
        sh "$group" "$root" "$as_process_1" </dev/null >/dev/null 2>&1 &
    outer=$!
    until init=$(pgrep --parent "$outer") && readlink "/proc/$init/exe" | grep -q /systemd$; do
        kill -0 "$outer" || stop "systemd did not start."
        sleep 0.2
    done
    until booted '[ -S /run/systemd/private ]'; do sleep 0.2; done
    booted 'systemctl is-system-running --wait' || true # without udev and modules it is "degraded"
}

# shellcheck disable=SC2016 # expanded where it is run
as_process_1='
    mount --make-rprivate /
    mount --bind "$1" "$1"
    cd "$1"
    mount -t proc proc proc
    mount -t sysfs -o ro sysfs sys
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    mount -t tmpfs -o mode=755 tmpfs run
    mount -t tmpfs -o mode=755 tmpfs dev
    mkdir dev/pts dev/shm
    mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
    mount -t tmpfs -o mode=1777 tmpfs dev/shm
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    for device in "null 3" "zero 5" "full 7" "random 8" "urandom 9"; do
        mknod -m 666 "dev/${device% *}" c 1 "${device#* }"
    done
    for folder in $(cat etc/pip.conf 2>/dev/null | tr " =" "\n\n" | sed "s,^file://,,") ${PIP_FIND_LINKS-}; do
        case $folder in /etc/*) continue ;; /*) [ -d "$folder" ] || continue ;; *) continue ;; esac
        mkdir -p ".$folder"
        mount --bind -o ro "$folder" ".$folder"
    done
    mkdir -p mnt/outside
    pivot_root . mnt/outside
    umount --lazy /mnt/outside
    exec env -i container=radhaus-bare PATH=/usr/sbin:/usr/bin /sbin/init'

# Runs a command as root in what was booted.
booted() {
    nsenter --target "$init" --mount --pid --cgroup --ipc --uts --root --wd \
        su --login root ${carried:+--whitelist-environment="$carried"} --command "$1"
}
