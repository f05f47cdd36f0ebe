-- Adds news to the stream of a node, under the number after that of its last entry.
--
-- KEYS[1]  the node's stream
-- KEYS[2]  the number of its last entry; both have the node's hash tag, and so one slot
-- ARGV[1]  how many entries are kept, about
-- ARGV[2]  the news
--
-- Gives the number, or -1 if the node is gone: then nothing is made that nobody would read or delete.
if redis.call('EXISTS', KEYS[2]) == 0 then
  return -1
end
local number = redis.call('INCR', KEYS[2])
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], number .. '-0', 'news', ARGV[2])
return number
