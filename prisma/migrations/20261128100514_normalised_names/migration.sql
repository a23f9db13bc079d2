-- Names are looked up in NFC from now on. One whose normalised form is taken already stays: two rows cannot become one here.
DO $$
BEGIN
  IF getdatabaseencoding() = 'UTF8' THEN
    UPDATE event_type t SET name = normalize(name)
     WHERE name IS NOT NFC NORMALIZED
       AND (SELECT count(*) FROM event_type o WHERE normalize(o.name) = normalize(t.name)) = 1;
    UPDATE datacenter d SET name = normalize(name)
     WHERE name IS NOT NFC NORMALIZED
       AND (SELECT count(*) FROM datacenter o WHERE normalize(o.name) = normalize(d.name)) = 1;
    UPDATE reporter r SET name = normalize(name)
     WHERE name IS NOT NFC NORMALIZED AND NOT EXISTS (SELECT FROM reporter o WHERE o.name = normalize(r.name))
       AND name = (SELECT min(o.name) FROM reporter o WHERE o.name IS NOT NFC NORMALIZED AND normalize(o.name) = normalize(r.name));
    UPDATE event_type SET datacenters = ARRAY(SELECT normalize(n) FROM unnest(datacenters) WITH ORDINALITY AS u(n, at) ORDER BY at)
     WHERE EXISTS (SELECT FROM unnest(datacenters) n WHERE n IS NOT NFC NORMALIZED);
    -- A heartbeat is repeated within a minute, under the normalised name.
    DELETE FROM component_instance WHERE component IS NOT NFC NORMALIZED OR instance IS NOT NFC NORMALIZED;
  END IF;
END $$;
