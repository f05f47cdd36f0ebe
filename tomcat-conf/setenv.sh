# Goes to bin/setenv.sh of Tomcat 10.1 or 11; catalina.sh reads it at each start. Whatever the operator has put into
# CATALINA_OPTS (in the unit file, in the shell) stands behind what is set here, and so beats it.

# Heap: fixed, since a server that has grown once will grow again. An idle WebSocket keeps 14 KB, and each one that
# lags behind up to [limits] outboundQueueBytes. Not if the operator has chosen: a smaller -Xmx beside our -Xms would
# not start.
im_options=
case " $JAVA_OPTS $CATALINA_OPTS " in
  *\ -Xm[sx]* | *RAMPercentage=*) ;;
  *) im_options="-Xms${IM_HEAP:-1g} -Xmx${IM_HEAP:-1g}" ;;
esac

# Out of memory, threads die at random: better to end at once and be started again by systemd.
im_options="$im_options -XX:+ExitOnOutOfMemoryError"

# G1, by name: on a small machine the JVM would take the serial collector, whose pauses stop all pushes. Two collectors
# cannot be named, so not if the operator has chosen one.
case " $JAVA_OPTS $CATALINA_OPTS " in
  *-XX:+Use*GC\ *) ;;
  *) im_options="$im_options -XX:+UseG1GC -XX:MaxGCPauseMillis=100" ;;
esac

# Tomcat's buffers of one WebSocket, 8 KB each by default. Read once, before a web application's code runs.
im_options="$im_options -Dorg.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE=1024"

# What server.xml takes from here; the defaults are the same there. With TLS (IM_HTTP_TLS=true and two files, which
# server.xml names) no proxy is needed, and so it listens for everybody.
case "$IM_HTTP_TLS" in
  true)
    im_options="$im_options -Dim.http.tls=true -Dim.http.scheme=https"
    im_options="$im_options -Dim.http.address=${IM_HTTP_ADDRESS:-0.0.0.0} -Dim.http.port=${IM_HTTP_PORT:-8443}"
    ;;
  '' | false)
    im_options="$im_options -Dim.http.address=${IM_HTTP_ADDRESS:-127.0.0.1} -Dim.http.port=${IM_HTTP_PORT:-8080}"
    ;;
  *)
    echo "IM_HTTP_TLS is '$IM_HTTP_TLS'; expected true or false" >&2
    exit 1
    ;;
esac
im_options="$im_options -Dim.http.maxConnections=${IM_HTTP_MAXCONNECTIONS:-20000}"
im_options="$im_options -Dim.http.maxThreads=${IM_HTTP_MAXTHREADS:-200}"

# The proxies in front, whose X-Forwarded-For counts: a regular expression. In quotes, for catalina.sh has the shell read
# all options once more.
im_options="$im_options -Dim.http.trustedProxies='$IM_HTTP_TRUSTEDPROXIES'"

CATALINA_OPTS="$im_options $CATALINA_OPTS"
unset im_options

# Logs are for their owner and group.
UMASK=${UMASK:-0027}

# `catalina.sh stop` ends the process by its id, there being no shutdown port.
CATALINA_PID=${CATALINA_PID:-$CATALINA_BASE/temp/catalina.pid}
