{{/* The release's name, unless it says Tidemark already. */}}
{{- define "tidemark.fullname" -}}
{{- if contains "tidemark" .Release.Name -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-tidemark" .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{- define "tidemark.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ printf "%s@%s" .repository .digest }}
{{- else -}}
{{ printf "%s:%s" .repository (.tag | default $.Chart.AppVersion) }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Of a selector: they never change. Takes a dict of root and process. */}}
{{- define "tidemark.selector" -}}
app.kubernetes.io/name: tidemark
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .process }}
{{- end }}

{{- define "tidemark.labels" -}}
{{ include "tidemark.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* Names of the processes that run, separated by commas: ingest only with a queue. */}}
{{- define "tidemark.running" -}}
{{- $names := list -}}
{{- range $name := keys .Values.processes | sortAlpha -}}
{{- if or (ne $name "ingest") $.Values.settings.PUBSUB_PROJECT_ID $.Values.settings.KAFKA_BROKERS -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{ join "," $names }}
{{- end }}

{{/* The settings and secrets of one process, as a container's env. Takes a dict of root and process. */}}
{{- define "tidemark.env" -}}
{{- $root := .root -}}
{{- $table := $root.Files.Get "processes.yaml" | fromYaml -}}
{{- $row := get $table .process | default dict -}}
{{- $service := include "tidemark.fullname" $root -}}
{{- $names := printf "%s,%s.%s,%s.%s.svc,%s.%s.svc.cluster.local" $service $service $root.Release.Namespace $service $root.Release.Namespace $service $root.Release.Namespace -}}
{{- $given := merge (dict) $root.Values.settings (dict "TIDEMARK_ALLOWED_HOSTS" $names "TIDEMARK_LOG_FORMAT" "json") -}}
{{- range $name := concat $table.common.settings ($row.settings | default list) | uniq | sortAlpha -}}
{{- if hasKey $given $name }}
- name: {{ $name }}
  value: {{ get $given $name | quote }}
{{- end -}}
{{- end -}}
{{- range $name := concat $table.common.secrets ($row.secrets | default list) | uniq | sortAlpha }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $root.Values.existingSecret }}
      key: {{ $name }}
      {{- if ne $name "DATABASE_URL" }}
      optional: true
      {{- end }}
{{- end -}}
{{- if $row.channelSecrets }}
{{- range $name := $root.Values.channelSecrets }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $root.Values.existingSecret }}
      key: {{ $name }}
{{- end }}
{{- end }}
{{- end }}

{{- define "tidemark.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "tidemark.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* Takes a dict of root and of: a process's own values over the defaults. */}}
{{- define "tidemark.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
{{- if .root.Values.databaseCa.configMap }}
- name: database-ca
  mountPath: /etc/tidemark/database
  readOnly: true
{{- end }}
{{- with .of.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "tidemark.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- with .root.Values.databaseCa }}
{{- if .configMap }}
- name: database-ca
  configMap:
    name: {{ .configMap }}
    items:
      - key: {{ .key }}
        path: ca.pem
{{- end }}
{{- end }}
{{- with .of.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}
