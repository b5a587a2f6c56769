# The client of the Lambda Runtime API for functions in Ruby, which the stage starts the interpreter with.
#
# Finds the handler as Lambda does (`file.method`, `file.Module::Class.method`), hands it events with a context, and reports
# answers and errors in Lambda's form.

require 'json'
require 'logger'
require 'net/http'
require 'stringio'

# Everything of the client is in here, so that functions meet none of its names.
module StageRuntime
  BASE = '/2018-06-01/runtime/'
  # An answer may be large, and the next event may be long in coming.
  TIMEOUT_SECONDS = 1_000_000
  # The first SDK that reads AWS_ENDPOINT_URL.
  FIRST_SDK = '3.176.0'

  @connection = Net::HTTP.new(*ENV['AWS_LAMBDA_RUNTIME_API'].split(':'), nil)
  @connection.read_timeout = TIMEOUT_SECONDS
  @connection.keep_alive_timeout = TIMEOUT_SECONDS

  # The second argument of a handler.
  class Context
    attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name,
                :memory_limit_in_mb, :function_version, :identity, :client_context, :deadline_ms

    def initialize(headers)
      json = ->(name) { headers[name] && JSON.parse(headers[name]) }
      @deadline_ms = headers['Lambda-Runtime-Deadline-Ms'].to_i
      @aws_request_id = headers['Lambda-Runtime-Aws-Request-Id']
      @invoked_function_arn = headers['Lambda-Runtime-Invoked-Function-Arn']
      @function_name = ENV['AWS_LAMBDA_FUNCTION_NAME']
      @function_version = ENV['AWS_LAMBDA_FUNCTION_VERSION']
      @memory_limit_in_mb = ENV['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']
      @log_group_name = ENV['AWS_LAMBDA_LOG_GROUP_NAME']
      @log_stream_name = ENV['AWS_LAMBDA_LOG_STREAM_NAME']
      @identity = json.call('Lambda-Runtime-Cognito-Identity')
      @client_context = json.call('Lambda-Runtime-Client-Context')
    end

    def get_remaining_time_in_millis
      [@deadline_ms - (Time.now.to_f * 1000).to_i, 0].max
    end
  end

  class << self
    def main
      $stdout.sync = true
      begin
        look_for_gems
        $LOAD_PATH.unshift(ENV['LAMBDA_TASK_ROOT'])
        file, receiver, method = handler_of(ENV['_HANDLER'])
        require file
        refuse_old_sdk
      rescue Exception => error
        report('init/error', error, 'Init')
        exit!(1)
      end
      serve(receiver, method)
    end

    private

    # One exchange with the Runtime API.
    def call(request)
      @connection.start unless @connection.started?
      @connection.request(request)
    end

    def post(route, body, headers = {})
      request = Net::HTTP::Post.new(BASE + route, { 'Content-Type' => 'application/json' }.merge(headers))
      request.body = body
      call(request)
    end

    # GEM_PATH takes the place of the gems that are installed, where they should be found too.
    def look_for_gems
      folders = ENV['GEM_PATH'].to_s.split(':')
      Gem.use_paths(Gem.dir, folders + Gem.default_path) unless folders.empty?
    end

    def handler_of(name)
      parts = name.split('.')
      return [parts[0], nil, parts[1]] if parts.size == 2
      return parts if parts.size == 3

      raise ArgumentError, "Invalid handler '#{name}': it must be FILE.METHOD or FILE.CLASS.METHOD"
    end

    def refuse_old_sdk
      version = defined?(Aws::CORE_GEM_VERSION) && Aws::CORE_GEM_VERSION
      return unless version && Gem::Version.new(version) < Gem::Version.new(FIRST_SDK)

      raise "aws-sdk-core #{version} does not read AWS_ENDPOINT_URL, so its requests do not reach the stage; " \
            "use #{FIRST_SDK} or newer"
    end

    # Messages of sockets and parsers are bytes, of which JSON holds none.
    def readable(text)
      text = text.to_s.dup
      text.force_encoding('UTF-8') if [Encoding::BINARY, Encoding::US_ASCII].include?(text.encoding)
      text.encode('UTF-8', invalid: :replace, undef: :replace).scrub
    end

    def report(route, error, where)
      trace = (error.backtrace || []).map { |line| readable(line) }
      trace = trace.reject { |line| line.start_with?(__FILE__) || line.include?('rubygems/core_ext') }
      message = readable(error.message)
      remedy = message.include?('aws-sdk') && error.is_a?(LoadError)
      message += ' (Lambda brings the SDK along and the stage does not: gem install it)' if remedy
      told = { errorMessage: message, errorType: "#{where}<#{error.class}>", stackTrace: trace.first(100) }
      puts JSON.pretty_generate(told)
      post(route, told.to_json, 'Lambda-Runtime-Function-Error-Type' => told[:errorType])
    end

    # What the handler answers, as it is sent: a stream as it is, anything else as JSON.
    def answer(receiver, method, body, context)
      target = receiver ? Kernel.const_get(receiver) : TOPLEVEL_BINDING.receiver
      result = target.send(method, event: JSON.parse(body), context: context)
      return [result.read, 'application/unknown'] if result.is_a?(IO) || result.is_a?(StringIO)

      [result.to_json, 'application/json']
    end

    def serve(receiver, method)
      loop do
        event = call(Net::HTTP::Get.new("#{BASE}invocation/next"))
        exit!(0) unless event.is_a?(Net::HTTPSuccess)
        context = Context.new(event)
        ENV['_X_AMZN_TRACE_ID'] = event['Lambda-Runtime-Trace-Id']
        invoke(receiver, method, event.body.force_encoding('UTF-8'), context)
      end
    end

    def invoke(receiver, method, body, context)
      result, type = answer(receiver, method, body, context)
      post("invocation/#{context.aws_request_id}/response", result, 'Content-Type' => type)
    rescue Exception => error
      report("invocation/#{context.aws_request_id}/error", error, 'Function')
      # As in Lambda, an error that no handler should meet ends the process.
      exit!(1) if error.is_a?(NameError) || !error.is_a?(StandardError)
    end
  end
end

StageRuntime.main
